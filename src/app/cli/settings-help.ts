import { SETTINGS, type SettingSpec } from '../../platform/config/index.js';
import type { Words } from './words.js';

/** Every setting with its default, below `start --help`. */
export function settingsHelp(words: Words): string {
  const lines = (SETTINGS as readonly SettingSpec[]).map((spec) => {
    const choices = spec.choices ? ` (${spec.choices.join(' | ')})` : '';
    const fallback = spec.fallback === null ? '' : ` [${spec.fallback}]`;
    return `  ${spec.name.padEnd(28)} ${words(spec.zh, spec.en)}${choices}${fallback}`;
  });
  const title = words('设置(环境变量;<名字>_FILE 从文件读):', 'Settings (environment; <NAME>_FILE reads a file):');
  return `\n${title}\n${lines.join('\n')}`;
}
