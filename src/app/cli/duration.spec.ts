import { describe, expect, it } from '@jest/globals';
import { durationText, seconds } from './duration.js';

describe('durations', () => {
  it.each([
    ['30s', 30],
    ['5m', 300],
    ['1h', 3600],
    ['90d', 7_776_000],
  ])('%s is %i seconds, and back', (text, value) => {
    expect(seconds(text)).toBe(value);
    expect(durationText(value)).toBe(text);
  });

  it.each(['', '5', 'm', '0m', '-5m', '5 m', '1w', '99999999s'])('%j is none', (text) => {
    expect(() => seconds(text)).toThrow('CLI_DURATION');
  });
});
