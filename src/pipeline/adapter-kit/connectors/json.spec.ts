import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonValue } from '../../../platform/kernel/index.js';
import { atDots, parseJson, stableJson } from './json.js';

const shuffled = (value: JsonValue): JsonValue =>
  Array.isArray(value)
    ? value.map(shuffled)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([name, member]) => [name, shuffled(member)]),
        )
      : value;

describe('JSON of records', () => {
  it('loses nothing and does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (any) => {
        const value = JSON.parse(JSON.stringify(any)) as JsonValue;
        expect(JSON.parse(stableJson(value))).toEqual(value);
        expect(stableJson(shuffled(value))).toBe(stableJson(value));
      }),
      { seed: 3, numRuns: 500 },
    );
    expect(stableJson(JSON.parse('{"b":1,"__proto__":{"x":2},"a":[]}') as JsonValue)).toBe(
      '{"__proto__":{"x":2},"a":[],"b":1}',
    );
  });

  it('reads as JSON.parse does, except for numbers beyond a double', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        if (!/\d{16}/.test(text)) expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
      { seed: 4, numRuns: 300 },
    );
    expect(parseJson('{"a":12345678901234567890,"b":"\\"[12345678901234567","c":[-1234567890123456789,1]}')).toEqual({
      a: '12345678901234567890',
      b: '"[12345678901234567',
      c: ['-1234567890123456789', 1],
    });
  });

  it('follows dotted paths through own members only', () => {
    expect(atDots({ a: { b: 1 } }, 'a.b')).toBe(1);
    expect(atDots({ a: 1 }, 'constructor')).toBeUndefined();
    expect(atDots([1], '')).toEqual([1]);
  });
});
