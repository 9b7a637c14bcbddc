import { describe, expect, it } from '@jest/globals';
import { choosePushed } from './choose-pushed.js';

type Kind = 'records' | 'deleted' | 'skipped' | 'rejected';
const event = (kind: Kind, key: string | null, minute: number | null = null) => ({
  record: Buffer.from(JSON.stringify({ kind, key })),
  occurredAt: minute === null ? null : new Date(Date.UTC(2026, 10, 24, 8, minute)),
});
const see = (record: Uint8Array) => JSON.parse(String(record)) as { kind: Kind; key: string | null };
const choose = (events: ReturnType<typeof event>[], marks: Record<string, number> = {}) =>
  choosePushed(events, see, (keys) =>
    Promise.resolve(
      new Map(
        Object.entries(marks)
          .filter(([key]) => keys.includes(key))
          .map(([key, minute]) => [key, new Date(Date.UTC(2026, 10, 24, 8, minute))]),
      ),
    ),
  );

describe('a page of pushed events', () => {
  it('ends before an event that deletes what it writes, or writes what it deletes', async () => {
    const events = [event('records', 'a'), event('deleted', 'b'), event('records', 'a'), event('deleted', 'a')];
    expect((await choose(events)).taken).toHaveLength(3);
    expect((await choose([event('deleted', 'a'), event('records', 'a')])).taken).toHaveLength(1);
  });

  it('leaves out what was sent before an event of the same record, in the page or before it', async () => {
    const events = [
      event('records', 'a', 5),
      event('records', 'a', 3),
      event('records', 'b', 1),
      event('records', 'c'),
    ];
    const chosen = await choose(events, { b: 2, c: 9 });
    expect(chosen).toMatchObject({ outdated: 2, records: [events[0]!.record, events[3]!.record] });
    expect(chosen.taken).toHaveLength(4);
    expect([...chosen.marks.keys()]).toEqual(['a']);
  });

  it('lets the later of two that were sent at the same time count, and bad ones mark nothing', async () => {
    const events = [
      event('records', 'a', 5),
      event('records', 'a', 5),
      event('rejected', 'a', 9),
      event('rejected', null),
    ];
    const chosen = await choose(events);
    expect(chosen.outdated).toBe(0);
    expect(chosen.marks.get('a')).toEqual(events[0]!.occurredAt);
  });
});
