const CLASSES: readonly [string, RegExp][] = [
  ['digits', /[0-9]/],
  ['letters', /[A-Za-z]/],
  ['han', /\p{Script=Han}/u],
  ['spaces', /\s/],
  ['stars', /\*/],
  ['marks', /[^0-9A-Za-z\p{Script=Han}\s*]/u],
];

/**
 * Describes a value without telling it: `string(18) digits+letters`, `number(3)`, `array(2)`, `null`, `absent`.
 * Safe for logs, errors and the quarantine list.
 */
export function shapeOf(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `array(${value.length})`;
  if (typeof value === 'object') return `object(${Object.keys(value).length})`;
  if (typeof value !== 'string') return `${typeof value}(${String(value).length})`;
  const classes = CLASSES.filter(([, pattern]) => pattern.test(value)).map(([name]) => name);
  return classes.length === 0 ? 'string(0)' : `string(${value.length}) ${classes.join('+')}`;
}
