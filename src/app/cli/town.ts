import type { Command } from 'commander';
import { contextOf } from './context.js';
import type { Words } from './words.js';

/** `isthmus town …`: the demo town, which is another program. */
export function townCommands(program: Command, words: Words): void {
  const town = program.command('town').description(words('示范镇', 'the demo town'));
  town
    .command('truth')
    .description(words('谁是谁(网关从不读它)', 'who is who (the gateway never reads it)'))
    .action(async (_options: object, command: Command) => {
      const { townCommand } = await import('./town/run-town.js');
      await townCommand(contextOf(command), 'truth');
    });
  town
    .command('status')
    .description(words('运行着什么、在哪里', 'what runs, and where'))
    .action(async (_options: object, command: Command) => {
      const { townCommand } = await import('./town/run-town.js');
      await townCommand(contextOf(command), 'status');
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
