/** A prefix is text, not a pattern: `%`, `_` and the escape itself mean themselves. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
