/** A sentence in the user's language. */
export type Words = (zh: string, en: string) => string;

/** Examples below a command's help. */
export const examples = (words: Words, lines: readonly string[]): string =>
  `\n${words('示例:', 'Examples:')}\n${lines.map((line) => `  npx --no-install isthmus ${line}`).join('\n')}\n`;
