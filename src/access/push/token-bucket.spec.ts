import { describe, expect, it } from '@jest/globals';
import { TokenBucket } from './token-bucket.js';

describe('a token bucket', () => {
  it('gives twice its rate at once, then its rate', () => {
    let now = 0;
    const bucket = new TokenBucket(10, () => now);
    const taken = (): number => Array.from({ length: 100 }, () => bucket.take()).filter(Boolean).length;
    expect(taken()).toBe(20);
    expect(bucket.has()).toBe(false);
    now = 500;
    expect(taken()).toBe(5);
    now = 3_600_000;
    expect(taken()).toBe(20);
  });
});
