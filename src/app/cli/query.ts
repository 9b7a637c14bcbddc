import type { Command } from 'commander';
import { contextOf } from './context.js';
import { examples, type Words } from './words.js';
import type { QueryOptions } from './query/options.js';

/** `isthmus query`: asks the running program over HTTP, as any client would. */
export function queryCommand(program: Command, words: Words): void {
  program
    .command('query')
    .description(words('查询:字段 │ 值 │ 来源 │ 截至 │ 锁', 'ask: field │ value │ source │ as of │ lock'))
    .option('--resident <id>', words('居民编号', 'id of a resident'))
    .option('--name <prefix>', words('姓名或其开头', 'a name or its beginning'))
    .option('--id-number <->', words('证件号码,从标准输入读', 'an ID number, read from standard input'))
    .option('--household <id>', words('户编号', 'id of a household'))
    .option('--graphql <document>', words('GraphQL 文档,或 @文件', 'a GraphQL document, or @file'))
    .option('--variables <json>', words('变量(JSON),或 @文件', 'variables as JSON, or @file'))
    .option('--first <n>', words('姓名查询显示几人', 'residents shown for a name'), '20')
    .option('--after <cursor>', words('姓名查询从此处继续', 'go on after this cursor'))
    .option(
      '--purpose <code>',
      words('目的代码,如 assistance-eligibility', 'purpose, for example assistance-eligibility'),
    )
    .option('--case <number>', words('案件或业务编号', 'case number'))
    .option(
      '--as <role>',
      words(
        '用演示账号:department | vendor | auditor | supervisor',
        'a demo account: department | vendor | auditor | supervisor',
      ),
    )
    .option('--token <@file>', words('令牌文件', 'file that holds a token'))
    .option(
      '--url <url>',
      words('网关地址(默认为本机正在运行的程序)', 'address of a gateway (default: the program running here)'),
    )
    .addHelpText(
      'after',
      examples(words, [
        'query --name 王 --purpose elderly-care --case 2026-017',
        'query --resident 01a2… --purpose assistance-eligibility --case 2026-017',
        'query --id-number - --purpose residence-check --case 2026-017 < number.txt',
        "query --as auditor --graphql '{ auditRows(first: 5) { nodes { time who operation decision } } }'",
      ]),
    )
    .action(async (options: QueryOptions, command: Command) => {
      const { ask } = await import('./query/ask.js');
      await ask(contextOf(command), options);
    });
}
