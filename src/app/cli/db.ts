import type { Command } from 'commander';
import { contextOf } from './context.js';
import type { Words } from './words.js';

/** `isthmus db …`: the database's structure. */
export function databaseCommands(program: Command, words: Words): void {
  const db = program.command('db').description(words('数据库:状态、迁移', 'database: status, migrate'));
  db.command('status')
    .description(words('版本、大小与各迁移是否已执行', 'version, size and which migrations were applied'))
    .action(async (_options: object, command: Command) => {
      const { statusCommand } = await import('./db/database-status.js');
      await statusCommand(contextOf(command));
    });
  db.command('migrate')
    .description(words('执行未执行的迁移(可重复)', 'apply what has not been applied; may be repeated'))
    .action(async (_options: object, command: Command) => {
      const { migrateCommand } = await import('./db/database-status.js');
      await migrateCommand(contextOf(command));
    });
}
