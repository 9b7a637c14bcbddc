import type { Command } from 'commander';
import { contextOf } from './context.js';
import type { Words } from './words.js';

type TownFlags = Record<string, string | boolean | undefined>;

/** The options as the town's own program reads them. */
const flagsOf = (options: TownFlags): string[] =>
  Object.entries(options).flatMap(([name, value]) =>
    value === undefined || value === false
      ? []
      : value === true
        ? [`--${dashed(name)}`]
        : [`--${dashed(name)}`, String(value)],
  );

const dashed = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `isthmus town …`: the demo town, which is another program. */
export function townCommands(program: Command, words: Words): void {
  const town = program.command('town').description(words('示范镇', 'the demo town'));
  town
    .command('truth')
    .description(words('谁是谁(网关从不读它)', 'who is who (the gateway never reads it)'))
    .option('--source-counts', words('每个来源应有的记录数', 'how many records every source must have'))
    .action(async (options: TownFlags, command: Command) => {
      const { townCommand } = await import('./town/run-town.js');
      await townCommand(contextOf(command), 'truth', flagsOf(options));
    });
  town
    .command('advance')
    .description(
      words(
        '让示范镇过若干天:迁移、出生、死亡、婚姻、冲销、更正、删除、再现、区划变更',
        'let days pass in the town: moves, births, deaths, marriages, reversals, corrections, deletions, returns, codes',
      ),
    )
    .option('--days <n>', words('天数', 'how many days'), '30')
    .action(async (options: TownFlags, command: Command) => {
      const { townCommand } = await import('./town/run-town.js');
      await townCommand(contextOf(command), 'advance', flagsOf(options));
    });
  town
    .command('status')
    .description(words('运行着什么、在哪里', 'what runs, and where'))
    .action(async (_options: object, command: Command) => {
      const { townCommand } = await import('./town/run-town.js');
      await townCommand(contextOf(command), 'status');
    });
  town
    .command('fault [source] [kind]')
    .description(
      words(
        '让示范镇的系统出错(--list 列出种类,--clear 恢复)',
        'make a system of the town fail (--list: which kinds there are; --clear: end it)',
      ),
    )
    .option('--stream <name>', words('只对这个流', 'only this stream'))
    .option('--after <n>', words('先正常应答 n 次', 'answer n requests well first'))
    .option('--times <n>', words('只出错 n 次', 'strike n requests only'))
    .option('--for <time>', words('持续时间,如 30s、5m', 'end by itself after 30s, 5m …'))
    .option('--ms <n>', words('latency:毫秒', 'latency: milliseconds'))
    .option('--seconds <n>', words('unavailable:Retry-After 秒数', 'unavailable: seconds of Retry-After'))
    .option('--code <code>', words('soap-error:结果码', 'soap-error: result code'))
    .option('--list', words('列出正在发生的和可选的故障', 'list those in force and those there are'))
    .option('--clear', words('结束故障', 'end faults'))
    .action(async (source: string | undefined, kind: string | undefined, options: TownFlags, command: Command) => {
      const { townCommand } = await import('./town/run-town.js');
      const named = [source, kind].filter((word) => word !== undefined);
      await townCommand(contextOf(command), 'fault', [...named, ...flagsOf(options)]);
    });
  town
    .command('remove')
    .description(
      words(
        '停止并删除示范镇,停用其数据源(记录由 reset 删除)',
        'stop and delete the town and take its sources out of service',
      ),
    )
    .option('--yes', words('不再询问', 'do not ask'))
    .action(async (options: { yes?: boolean }, command: Command) => {
      const { removeTownCommand } = await import('./town/remove-town.js');
      await removeTownCommand(contextOf(command), options.yes ?? false);
    });
}
