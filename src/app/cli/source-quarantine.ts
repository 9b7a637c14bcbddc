import type { Command } from 'commander';
import { contextOf } from './context.js';
import type {
  DownloadOptions,
  ReplayOptions,
  ResolveOptions,
  ShowOptions,
  WhichOptions,
} from './source/quarantine-options.js';
import { examples, type Words } from './words.js';

/** `isthmus source quarantine …`: the desk where refused records are looked at, replayed and settled. */
export function quarantineCommands(source: Command, words: Words): void {
  const desk = source.command('quarantine').description(words('隔离的记录:查看、重放、了结、下载', 'refused records'));
  const reason = words('只看此原因代码', 'only of this reason code');
  const purpose = words('用途代码,如 data-correction', 'purpose, for example data-correction');
  const caseNo = words('案号', 'case number');
  desk
    .command('list <source>')
    .description(
      words('等待处理的记录:编号、原因、位置与形状,没有值', 'what waits: id, reason, place and shape, no value'),
    )
    .option('--reason <code>', reason)
    .option('--first <n>', words('最多几条', 'how many at most'), '50')
    .action(async (id: string, options: WhichOptions, command: Command) => {
      const { listCommand } = await import('./source/quarantine-look.js');
      await listCommand(contextOf(command), id, options);
    });
  desk
    .command('show <id>')
    .description(words('一条记录;给出用途与案号时连同值', 'one record; with its values for a purpose and case'))
    .option('--purpose <code>', purpose)
    .option('--case <number>', caseNo)
    .action(async (id: string, options: ShowOptions, command: Command) => {
      const { showCommand } = await import('./source/quarantine-look.js');
      await showCommand(contextOf(command), id, options);
    });
  desk
    .command('replay <source> [ids...]')
    .description(words('映射修正后重放(全部、按原因或指定)', 'take them through the mended mapping'))
    .option('--reason <code>', reason)
    .option('--wait', words('等到完成', 'wait until it is done'))
    .addHelpText('after', examples(words, ['source quarantine replay ledger --reason MAPPING_CODE_UNKNOWN --wait']))
    .action(async (id: string, ids: string[], options: ReplayOptions, command: Command) => {
      const { replayCommand } = await import('./source/quarantine-orders.js');
      await replayCommand(contextOf(command), id, ids, options);
    });
  desk
    .command('resolve <ids...>')
    .description(words('写明理由了结', 'settle them and say why'))
    .requiredOption('--reason <text>', words('理由,写入证据', 'why; goes into the evidence'))
    .action(async (ids: string[], options: ResolveOptions, command: Command) => {
      const { resolveCommand } = await import('./source/quarantine-orders.js');
      await resolveCommand(contextOf(command), ids, options);
    });
  desk
    .command('download <source>')
    .description(words('下载为原列的表格,坏单元格已标出', 'as a table of the original columns, bad cells marked'))
    .requiredOption('--purpose <code>', purpose)
    .requiredOption('--case <number>', caseNo)
    .option('--stream <name>', words('只要此数据流', 'only this stream'))
    .option('--reason <code>', reason)
    .option('--format <form>', words('csv 或 xlsx', 'csv or xlsx'), 'csv')
    .option('--to <directory>', words('写入的目录', 'directory to write into'), '.')
    .action(async (id: string, options: DownloadOptions, command: Command) => {
      const { downloadCommand } = await import('./source/quarantine-download.js');
      await downloadCommand(contextOf(command), id, options);
    });
}
