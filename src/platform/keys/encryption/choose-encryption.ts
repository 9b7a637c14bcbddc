import { ConfigurationError, type Secret } from '../../kernel/index.js';
import { commandKeyEncryption } from './command-encryption.js';
import { envKeyEncryption } from './env-encryption.js';
import { fileKeyEncryption, type KeyEncryption, type KeyProvider } from './key-encryption.js';

/** The settings `ISTHMUS_KEK…`. */
export interface KeySettings {
  provider: KeyProvider;
  secret: Secret | null;
  /** Program and arguments: words parted by blanks, or a JSON array of strings. */
  command: string | null;
  deadlineMs: number;
  /** What the program is given of our environment. */
  environment: Readonly<Record<string, string>>;
}

/** @throws ConfigurationError KEK_SETTING_MISSING, KEK_SECRET_WEAK, SETTING_INVALID. */
export function chooseKeyEncryption(settings: KeySettings, provider: KeyProvider = settings.provider): KeyEncryption {
  if (provider === 'file') return fileKeyEncryption;
  if (provider === 'env') return envKeyEncryption(settings.secret ?? missing('ISTHMUS_KEK_SECRET', provider));
  const words = commandWords(settings.command ?? missing('ISTHMUS_KEK_COMMAND', provider));
  return commandKeyEncryption({ words, deadlineMs: settings.deadlineMs, environment: settings.environment });
}

function commandWords(text: string): string[] {
  const words: unknown = text.trimStart().startsWith('[') ? parsed(text) : text.split(/\s+/).filter(Boolean);
  if (Array.isArray(words) && words.length > 0 && words[0] && words.every((word) => typeof word === 'string'))
    return words as string[];
  throw new ConfigurationError('SETTING_INVALID', {
    where: { setting: 'ISTHMUS_KEK_COMMAND' },
    params: { expected: '/path/program --option | ["/path/program", "--option"]' },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function missing(setting: string, provider: KeyProvider): never {
  throw new ConfigurationError('KEK_SETTING_MISSING', { where: { setting }, params: { provider } });
}
