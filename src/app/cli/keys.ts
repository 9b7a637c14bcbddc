import { Option, type Command } from 'commander';
import { contextOf } from './context.js';
import { examples, type Words } from './words.js';

/** `isthmus keys …`: without the keys every identifier is lost. */
export function keysCommands(program: Command, words: Words): void {
  const keys = program.command('keys').description(words('密钥:备份、轮换', 'keys: backup, rotation'));
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
  keys
    .command('rotate')
    .description(
      words(
        '轮换密钥加密密钥:不停机,可中断,再次执行即继续',
        'rotate the key-encryption key: nothing stops; interrupted, the next call goes on',
      ),
    )
    .option('--status', words('只显示进度', 'only show how far it is'))
    .addOption(
      new Option(
        '--from <provider>',
        words('把根密钥从该保护方式移到 ISTHMUS_KEK 所设', 'move the root keys from this protection to ISTHMUS_KEK'),
      ).choices(['file', 'env', 'command']),
    )
    .addHelpText('after', examples(words, ['keys rotate', 'keys rotate --status', 'keys rotate --from file']))
    .action(async (options: { status?: boolean; from?: 'file' | 'env' | 'command' }, command: Command) => {
      const { moveCommand, rotateCommand, rotationStatusCommand } = await import('./keys/rotate-keys.js');
      const context = contextOf(command);
      if (options.from) await moveCommand(context, options.from);
      else await (options.status ? rotationStatusCommand(context) : rotateCommand(context));
    });
}
