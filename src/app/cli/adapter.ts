import { type Command } from 'commander';
import { contextOf } from './context.js';
import { examples, type Words } from './words.js';
import type { PreviewCommandOptions } from './adapter/options.js';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** `isthmus adapter …`: what a vendor needs while making one. */
export function adapterCommands(program: Command, words: Words): void {
  const adapter = program.command('adapter').description(words('适配器:检查、预览', 'adapters: check, preview'));
  adapter
    .command('check <dir>')
    .description(
      words(
        '一致性考核(用自带样例,不需要真实来源)',
        'the conformance exam, against its own fixtures; needs no real source',
      ),
    )
    .addHelpText(
      'after',
      examples(words, ['adapter check adapters/example-csv', 'adapter check adapters/mine --json > report.json']),
    )
    .action(async (directory: string, _options: object, command: Command) => {
      const { checkCommand } = await import('./adapter/check-adapter.js');
      await checkCommand(contextOf(command), directory);
    });
  adapter
    .command('preview <dir>')
    .description(
      words('读前几条并映射:原始 │ 结果 │ 问题;不写入', 'reads a few records: raw │ mapped │ problem; writes nothing'),
    )
    .option('--rows <n>', words('每个数据流几条', 'records of each stream'), '20')
    .option('--stream <name>', words('只看这个数据流,可重复', 'only this stream; repeat it'), collect)
    .option('--set <name=value>', words('一项设置,可重复', 'a setting; repeat it'), collect)
    .option(
      '--secret <name=@file>',
      words('一项秘密设置:@文件 或 env:变量名', 'a secret: @file or env:VARIABLE'),
      collect,
    )
    .option('--show-values', words('证件号不打码', 'do not mask what looks like an ID number'))
    .addHelpText(
      'after',
      examples(words, ['adapter preview adapters/example-csv --rows 20 --set directory=/srv/ledger']),
    )
    .action(async (directory: string, options: PreviewCommandOptions, command: Command) => {
      const { previewCommand } = await import('./adapter/preview-adapter.js');
      await previewCommand(contextOf(command), directory, options);
    });
}
