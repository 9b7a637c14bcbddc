import type { Command } from 'commander';
import { contextOf } from './context.js';
import { examples, type Words } from './words.js';

/** `isthmus keys …`: without the keys every identifier is lost. */
export function keysCommands(program: Command, words: Words): void {
  const keys = program.command('keys').description(words('密钥:备份', 'keys: backup'));
  keys
    .command('backup <file>')
    .description(
      words(
        '把密钥备份到文件(明文,权限 0600,须离线保存)',
        'copy the keys to a file (in the clear, 0600: keep it off this machine)',
      ),
    )
    .addHelpText('after', examples(words, ['keys backup /mnt/safe/isthmus-keys.json']))
    .action(async (file: string, _options: object, command: Command) => {
      const { backupCommand } = await import('./keys/backup-keys.js');
      await backupCommand(contextOf(command), file);
    });
}
