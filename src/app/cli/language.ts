import { environmentValue, readConfig } from '../../platform/config/index.js';
import type { Language } from '../../platform/messages/index.js';

/** The language of help and errors, before anything was parsed: `--lang`, else the setting, else Chinese. */
export function languageOf(words: readonly string[]): Language {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const given = at < 0 ? undefined : (words[at]!.split('=')[1] ?? words[at + 1]);
  if (given === 'zh' || given === 'en') return given;
  try {
    return readConfig().language;
  } catch {
    return localeLanguage();
  }
}

/** Where another setting is wrong, those of the language still count. */
function localeLanguage(): Language {
  const locale = ['LC_ALL', 'LC_MESSAGES', 'LANG'];
  const from = (names: string[]): Language =>
    readConfig(Object.fromEntries(names.map((name) => [name, environmentValue(name)]))).language;
  try {
    return from(['ISTHMUS_LANG', ...locale]);
  } catch {
    return from(locale);
  }
}
