import { Option, type Command } from 'commander';
import { contextOf } from './context.js';
import type { CatalogueOptions } from './catalogue/options.js';
import { examples, type Words } from './words.js';

/** `isthmus catalogue …`: which information resources there are, who is their steward, and how they are shared. */
export function catalogueCommands(program: Command, words: Words): void {
  const catalogue = program
    .command('catalogue')
    .description(words('政务信息资源目录:列出、查看、导出', 'catalogue of information resources: list, show, export'));
  filters(catalogue.command('list'), words)
    .description(words('列出信息资源', 'the resources'))
    .addHelpText(
      'after',
      examples(words, [
        'catalogue list',
        'catalogue list --text 联系电话 --level 3',
        'catalogue list --steward police',
      ]),
    )
    .action(async (options: CatalogueOptions, command: Command) => {
      const { listCommand } = await import('./catalogue/list-catalogue.js');
      await listCommand(contextOf(command), options);
    });
  standardOnly(catalogue.command('show <code>'), words)
    .description(words('一个信息资源及其信息项', 'one resource and its items'))
    .addHelpText('after', examples(words, ['catalogue show 101001/000001', 'catalogue show 101001/000001@police']))
    .action(async (code: string, options: CatalogueOptions, command: Command) => {
      const { showCommand } = await import('./catalogue/show-resource.js');
      await showCommand(contextOf(command), code, options);
    });
  filters(catalogue.command('export'), words)
    .description(words('导出目录;csv 与 json 默认写到标准输出', 'export it; csv and json to standard output'))
    .addOption(
      new Option('--format <format>', words('格式', 'format')).choices(['xlsx', 'csv', 'json']).default('xlsx'),
    )
    .option('--to <file>', words('写入的新文件(xlsx 必填)', 'new file to write (needed for xlsx)'))
    .addHelpText(
      'after',
      examples(words, ['catalogue export --to catalogue.xlsx', 'catalogue export --format csv --standard']),
    )
    .action(async (options: CatalogueOptions & { format: string; to?: string }, command: Command) => {
      const { exportCommand } = await import('./catalogue/export-catalogue.js');
      await exportCommand(contextOf(command), options);
    });
}

const standardOnly = (command: Command, words: Words): Command =>
  command.option('--standard', words('只看标准,不读数据库', 'the standard alone, without the database'));

const filters = (command: Command, words: Words): Command =>
  standardOnly(command, words)
    .option('--text <words>', words('名称、摘要或信息项中的词', 'words in title, abstract or items'))
    .addOption(new Option('--level <n>', words('含此级别的信息项', 'holds an item of the level')).choices([...'1234']))
    .addOption(
      new Option('--share <type>', words('含此共享类型的信息项', 'holds an item of the share type')).choices([
        ...['unconditional', 'conditional', 'none'],
      ]),
    )
    .addOption(
      new Option('--steward <domain>', words('数源单位', 'steward')).choices([
        ...['police', 'civil-affairs', 'telecom', 'property'],
      ]),
    )
    .addOption(new Option('--class <class>', words('类', 'class')).choices(['base', 'theme', 'department']));
