export { Keyring } from './keyring.js';
export type { BackupStatus } from './key-backup.js';
