import { describe, expect, it } from '@jest/globals';
import { doubt } from './judge-change.js';

const run = { source: 's', streamName: 'people', liveBefore: 100 };
const change = (more: object = {}): Parameters<typeof doubt>[0] => ({
  ...{ sampled: 50, compared: 50, changed: 100, read: 100, first: true },
  ...{ emptied: new Map<string, number>(), scaled: new Map<string, { factor: number; count: number }>() },
  ...more,
});

describe('a page most of whose records change', () => {
  it('is held when most lose the same value, and named by it', () => {
    expect(doubt(change({ emptied: new Map([['Person.name', 40]]) }), run)).toMatchObject({
      code: 'SYNC_FIELDS_EMPTIED',
      lost: ['Person.name'],
    });
    expect(doubt(change({ emptied: new Map([['Person.name', 24]]) }), run)).toBeNull();
    // Thirty people who give up their phones on a page of five thousand are news.
    const few = change({
      sampled: 30,
      compared: 30,
      changed: 30,
      read: 5000,
      emptied: new Map([['Person.mobile', 30]]),
    });
    expect(doubt(few, run)).toBeNull();
  });

  it('is held when most numbers grow by one factor, but not when they only change', () => {
    const scaled = (factor: number, count: number): Parameters<typeof doubt>[0] =>
      change({ scaled: new Map([['Dwelling.area', { factor, count }]]) });
    expect(doubt(scaled(10_000, 45), run)).toMatchObject({
      code: 'SYNC_UNIT_CHANGED',
      lost: ['Dwelling.area × 10000'],
    });
    expect(doubt(scaled(1, 50), run)).toBeNull();
    expect(doubt(scaled(1.05, 12), run)).toBeNull();
  });

  it('is held when it is the first and none of its keys is known; later pages may be all new', () => {
    expect(doubt(change({ compared: 0 }), run)).toMatchObject({
      code: 'SYNC_KEYS_REPLACED',
      params: { read: 100, live: 100 },
    });
    expect(doubt(change({ compared: 0, first: false }), run)).toBeNull();
  });
});
