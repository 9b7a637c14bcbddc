import { childEnvironment, type Config } from '../../platform/config/index.js';
import { chooseKeyEncryption, Keyring, type KeyEncryption, type KeyProvider } from '../../platform/keys/index.js';

/** The provider that the settings name, or another one with their secrets. */
export const keyEncryptionOf = ({ kek }: Pick<Config, 'kek'>, provider?: KeyProvider): KeyEncryption =>
  chooseKeyEncryption({ ...kek, environment: childEnvironment() }, provider);

/** The keyring as the settings protect it. @throws ConfigurationError KEYS_…, KEK_…. */
export const openKeyring = (
  config: Pick<Config, 'kek' | 'keysDir'>,
  { create = true }: { create?: boolean } = {},
): Promise<Keyring> => Keyring.open(config.keysDir, { create, encryption: keyEncryptionOf(config) });
