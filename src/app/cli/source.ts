import type { Command } from 'commander';
import { contextOf } from './context.js';
import { quarantineCommands } from './source-quarantine.js';
import { examples, type Words } from './words.js';
import type { DecideOptions } from './source/decide-hold.js';
import type { AddOptions } from './source/options.js';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** `isthmus source …`: bring a system in, look after it, take it out. */
export function sourceCommands(program: Command, words: Words): void {
  const source = program.command('source').description(words('数据源:接入、同步、查看、移除', 'sources'));
  source
    .command('add <id>')
    .description(words('接入一个数据源', 'bring a source in'))
    .requiredOption('--adapter <name>', words('随附的适配器名,或适配器目录', 'a bundled adapter, or its directory'))
    .option('--set <name=value>', words('一项设置,可重复', 'a setting; repeat it'), collect)
    .option(
      '--secret <name=@file>',
      words('一项秘密设置:@文件 或 env:变量名', 'a secret: @file or env:VARIABLE'),
      collect,
    )
    .option('--schedule <interval>', words('自动同步间隔,如 5m', 'sync by itself every, for example 5m'))
    .option('--no-check', words('不先试连', 'do not try the connection first'))
    .addHelpText(
      'after',
      examples(words, [
        'source add ledger --adapter example-csv --set directory=/srv/ledger',
        'source add estate --adapter property-microcommunity --set engine=mysql --set host=10.0.0.5 --set port=3306 \\\n      --set database=hc_community --set user=gateway --secret password=@/root/estate.password --schedule 10m',
      ]),
    )
    .action(async (id: string, options: AddOptions, command: Command) => {
      const { addCommand } = await import('./source/add-source.js');
      await addCommand(contextOf(command), id, options);
    });
  source
    .command('update <id>')
    .description(
      words('换用同一适配器的新版本(如修正后的映射)', 'use another version of its adapter (a mended mapping)'),
    )
    .requiredOption('--adapter <name>', words('随附的适配器名,或适配器目录', 'a bundled adapter, or its directory'))
    .action(async (id: string, options: { adapter: string }, command: Command) => {
      const { updateCommand } = await import('./source/update-source.js');
      await updateCommand(contextOf(command), id, options);
    });
  source
    .command('remove <id>')
    .description(words('停用数据源;凭据删除,记录保留', 'take a source out; its credentials go, its records stay'))
    .option('--yes', words('不再询问', 'do not ask'))
    .action(async (id: string, options: { yes?: boolean }, command: Command) => {
      const { removeCommand } = await import('./source/remove-source.js');
      await removeCommand(contextOf(command), id, options.yes ?? false);
    });
  source
    .command('list')
    .description(words('全部数据源', 'all sources'))
    .action(async (_options: object, command: Command) => {
      const { listCommand } = await import('./source/list-sources.js');
      await listCommand(contextOf(command));
    });
  source
    .command('status [id]')
    .description(words('状态、最近的同步与对账、隔离的记录', 'state, last runs with their statements, quarantine'))
    .option('--runs <n>', words('每个数据流显示几次同步', 'runs shown of each stream'), '1')
    .action(async (id: string | undefined, options: { runs: string }, command: Command) => {
      const { statusCommand } = await import('./source/source-status.js');
      await statusCommand(contextOf(command), id ?? null, options.runs);
    });
  source
    .command('sync [id...]')
    .description(
      words(
        '立即同步,不写编号即全部(程序未运行时由本命令执行)',
        'sync now, all sources when none is named (by this command when the program does not run)',
      ),
    )
    .option('--wait', words('等到完成', 'wait until it is done'))
    .option(
      '--approve-deletes <reason>',
      words('批准已挂起待批的删除,写明理由', 'approve the deletions that wait, and say why'),
    )
    .addHelpText('after', examples(words, ['source sync ledger --wait']))
    .action(async (ids: string[], options: { wait?: boolean; approveDeletes?: string }, command: Command) => {
      const { syncCommand } = await import('./source/sync-source.js');
      await syncCommand(contextOf(command), ids, options);
    });
  source
    .command('cancel <run>')
    .description(words('取消一次同步(编号见 status),已提交的保留', 'stop a run by its number; what it committed stays'))
    .action(async (run: string, _options: object, command: Command) => {
      const { cancelCommand } = await import('./source/cancel-run.js');
      await cancelCommand(contextOf(command), run);
    });
  for (const [verb, zh, en] of [
    ['approve', '批准挂起的数据流继续(只限所示的内容)', 'let a held stream go on, with exactly what it showed'],
    ['refuse', '否决挂起的数据流所示的变更', 'refuse what a held stream showed'],
  ] as const)
    source
      .command(`${verb} <id>`)
      .description(words(zh, en))
      .requiredOption('--reason <text>', words('理由,写入证据', 'why; goes into the evidence'))
      .option('--stream <name>', words('有几个数据流挂起时指明一个', 'which stream, where several are held'))
      .option('--wait', words('等到完成', 'wait until it is done'))
      .action(async (id: string, options: DecideOptions, command: Command) => {
        const decide = await import('./source/decide-hold.js');
        await (verb === 'approve' ? decide.approveCommand : decide.refuseCommand)(contextOf(command), id, options);
      });
  quarantineCommands(source, words);
  source
    .command('schedule <id> <interval>')
    .description(words('自动同步的间隔(如 5m),或 off', 'interval of syncing by itself (5m), or off'))
    .action(async (id: string, interval: string, _options: object, command: Command) => {
      const { scheduleCommand } = await import('./source/schedule-source.js');
      await scheduleCommand(contextOf(command), id, interval);
    });
  source
    .command('digest')
    .description(words('各数据源、聚类与黄金记录的带密钥摘要', 'keyed digests of sources, clusters and golden records'))
    .action(async (_options: object, command: Command) => {
      const { digestCommand } = await import('./source/digest.js');
      await digestCommand(contextOf(command));
    });
}
