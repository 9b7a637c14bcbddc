import type { Command } from 'commander';
import { contextOf } from './context.js';
import type { Words } from './words.js';

/** `isthmus doctor`: what is wrong here, and the cure. */
export function doctorCommand(program: Command, words: Words): void {
  program
    .command('doctor')
    .description(
      words(
        '体检:磁盘、密钥备份、数据库、时钟、端口、各数据源的连接、登录与首页',
        'checks disk, keys backup, database, clock, port, and each source: reach, sign in, first page',
      ),
    )
    .action(async (_options: object, command: Command) => {
      const { doctor } = await import('./doctor/doctor.js');
      await doctor(contextOf(command));
    });
}
