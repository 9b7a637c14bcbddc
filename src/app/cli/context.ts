import type { Command } from 'commander';
import { readConfig, type Config } from '../../platform/config/index.js';
import { ConfigurationError, ForbiddenError, RetriableError, UsageError } from '../../platform/kernel/index.js';
import { speak, speakError, type Language } from '../../platform/messages/index.js';
import { paint } from './terminal.js';

/** stdout is for data, stderr for talk. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
export const print = (line: string): void => void process.stdout.write(`${line}\n`);
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** Exit codes: 0 ok · 1 failed check · 2 usage · 3 cannot reach · 4 refused by policy. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3, refused: 4 } as const;

export interface CommandContext {
  config: Readonly<Config>;
  language: Language;
  json: boolean;
  /** The sentence in the user's language. */
  words(zh: string, en: string): string;
}

/** Settings, language and output form of one command. `--lang` beats ISTHMUS_LANG, which beats LANG. */
export function contextOf(command: Command): CommandContext {
  const options = command.optsWithGlobals<{ lang?: Language; json?: boolean }>();
  const config = readConfig();
  const language = options.lang ?? config.language;
  return { config, language, json: options.json ?? false, words: (zh, en) => (language === 'zh' ? zh : en) };
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError || error instanceof ConfigurationError) return EXIT.usage;
  if (error instanceof ForbiddenError) return EXIT.refused;
  if (error instanceof RetriableError) return EXIT.unreachable;
  return EXIT.failed;
}

/** A code of the catalogue with its cure, as two lines on stderr. */
export function sayCode(code: string, language: Language, params: Record<string, string | number> = {}): void {
  const spoken = speak(code, language, params);
  say(`${paint(process.stderr, 'red', '✘')} ${spoken.code}  ${spoken.text}`);
  say(language === 'zh' ? `  处理办法:${spoken.cure}` : `  Cure: ${spoken.cure}`);
}

/** A code of the catalogue that is no failure, with its cure, as two lines on stderr. */
export function warn({ language }: CommandContext, code: string, params: Record<string, string | number> = {}): void {
  const spoken = speak(code, language, params);
  say(`${paint(process.stderr, 'yellow', '⚠')} ${spoken.code}  ${spoken.text}`);
  say(language === 'zh' ? `  处理办法:${spoken.cure}` : `  Cure: ${spoken.cure}`);
}

interface Located {
  problems: readonly {
    code: string;
    params: Record<string, string | number>;
    file?: string;
    pointer?: string;
  }[];
}

const hasProblems = (error: unknown): error is Located => Array.isArray((error as Partial<Located> | null)?.problems);

/** Prints an error as code, sentence and cure, with everything it lists. An unknown one shows its stack. */
export function sayError(error: unknown, language: Language, json = false): void {
  const spoken = speakError(error, language);
  const problems = (hasProblems(error) ? error.problems : []).map((one) => ({
    ...speak(one.code, language, one.params),
    ...(one.file === undefined ? {} : { file: one.file, pointer: one.pointer ?? '' }),
  }));
  if (json) {
    const { code, text, cure } = spoken;
    say(JSON.stringify({ error: { code, message: text, cure, ...(problems.length ? { problems } : {}) } }));
    return;
  }
  const cure = language === 'zh' ? '  处理办法:' : '  Cure: ';
  say(`${paint(process.stderr, 'red', '✘')} ${spoken.code}  ${spoken.text}`);
  if (problems.length === 0) say(`${cure}${spoken.cure}`);
  for (const one of problems) {
    say(`  · ${'file' in one ? `${one.file}${one.pointer}  ` : ''}${one.code}  ${one.text}`);
    say(`  ${cure}${one.cure}`);
  }
  if (spoken.code === 'INTERNAL' && error instanceof Error) say(`  ${error.stack ?? error.message}`);
}
