/** The first `head` and last `tail` characters, stars between; all stars where less than two characters would be hidden. */
export function keepEnds(text: string, head: number, tail: number): string {
  const hidden = text.length - head - tail;
  if (hidden < 2) return '*'.repeat(text.length);
  return text.slice(0, head) + '*'.repeat(hidden) + text.slice(text.length - tail);
}
