import type { Command } from 'commander';
import { contextOf } from './context.js';
import { examples, type Words } from './words.js';

/** `isthmus doctor`: what is wrong here, and the cure. */
export function doctorCommand(program: Command, words: Words): void {
  program
    .command('doctor [source]')
    .description(
      words(
        '体检:磁盘、密钥备份、数据库与其设置、时钟、端口;逐一走查各数据源(或一个):域名、端口、TLS、时钟、登录、权限、结构、首页、映射、级别',
        'checks disk, keys backup, database and its settings, clock, port; walks each source, or one: name, port, TLS, clock, sign-in, permission, schema, first page, mapping, levels',
      ),
    )
    .addHelpText('after', examples(words, ['doctor', 'doctor estate --json']))
    .action(async (source: string | undefined, _options: object, command: Command) => {
      const { doctor } = await import('./doctor/doctor.js');
      await doctor(contextOf(command), source ?? null);
    });
}
