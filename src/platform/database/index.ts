export { isConnectionLoss } from './connection-loss.js';
export { Database, type DatabaseOptions } from './database.js';
export { migrate, migrationFiles, migrationStatus, type MigrateOptions, type MigrationStatus } from './migrate.js';
export { LOGIN_ROLES, roleName, type LoginRole } from './roles.js';
export type { DatabaseRole, OpenTx, RowContext, Sql, Tx, TxOptions } from './tx.js';
