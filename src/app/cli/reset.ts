import type { Command } from 'commander';
import { contextOf } from './context.js';
import type { Words } from './words.js';

/** `isthmus reset`: back to the beginning. */
export function resetCommand(program: Command, words: Words): void {
  program
    .command('reset')
    .description(
      words(
        '删除数据目录与示范镇(程序须已停止)',
        'delete the data directory and the demo town (the program must not run)',
      ),
    )
    .option('--yes', words('不再询问', 'do not ask'))
    .action(async (options: { yes?: boolean }, command: Command) => {
      const { reset } = await import('./reset/reset.js');
      await reset(contextOf(command), options.yes ?? false);
    });
}
