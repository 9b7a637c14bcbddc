export { Keyring } from './keyring.js';
export type { BackupStatus } from './key-backup.js';
export { chooseKeyEncryption, type KeySettings } from './encryption/choose-encryption.js';
export { fileKeyEncryption, KEY_PROVIDERS, type KeyEncryption, type KeyProvider } from './encryption/key-encryption.js';
export { retiredVersionError } from './keys.errors.js';
