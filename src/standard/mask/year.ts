/** The year of a partial date; null for what is none. */
export function generaliseToYear(value: string): string | null {
  return /^\d{4}(?:-|$)/.test(value) ? value.slice(0, 4) : null;
}
