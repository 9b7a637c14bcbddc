import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../kernel/index.js';
import { append, type LedgerTx } from './append.js';
import { catalogue, parseCatalogue, type EvidenceEvent } from './catalogue.js';
import { eventBody } from './event-body.js';

const stamp = { id: '01890000-0000-7000-8000-000000000000', at: new Date('2026-01-02T03:04:05.678Z') };
const answered: EvidenceEvent = {
  code: 'QUERY_ANSWERED',
  actor: 't1',
  unit: '民政局',
  operation: 'residents',
  fields: ['Person.sex', 'Person.name'],
  subjects: ['b', 'a', 'b'],
  decision: 'ALLOW',
  caseNo: null,
};
const invalid = (problem: string) =>
  expect.objectContaining({ code: 'LEDGER_EVENT_INVALID', params: expect.objectContaining({ problem }) });
const bodyOf = (event: object): string => eventBody(event as EvidenceEvent, stamp).toString('utf8');

describe('the catalogue of events', () => {
  it('declares every field once, with a level, and every event with its moment in both languages', () => {
    const { events, types } = catalogue();
    expect(events.size).toBeGreaterThanOrEqual(12);
    const declared = JSON.parse(readFileSync(new URL('../../../schemas/audit/events.json', import.meta.url), 'utf8'));
    for (const fields of Object.values<Record<string, { zh: string; en: string; level: number }>>(declared.fields))
      for (const field of Object.values(fields)) expect([field.zh, field.en, field.level].every(Boolean)).toBe(true);
    const used = new Set([...events.values()].flatMap((event) => [...event.required, ...event.optional]));
    expect([...types.keys()].filter((field) => !used.has(field))).toEqual([]);
    for (const event of events.values()) {
      expect([event.zh, event.en, event.when.zh, event.when.en].every((text) => text.length > 1)).toBe(true);
      expect(event.level).toBeLessThanOrEqual(2);
      expect([...event.required].filter((field) => event.optional.has(field))).toEqual([]);
    }
  });

  it('gives types: a wrong event does not compile', () => {
    // @ts-expect-error the subjects are required
    const missing: EvidenceEvent = { code: 'RESIDENT_SPLIT' };
    // @ts-expect-error pages are numbers
    const wrong: EvidenceEvent = { code: 'SYNC_PAGE_COMMITTED', source: 's', stream: 1, run: 1, page: '1', read: 1 };
    // @ts-expect-error an unknown kind
    const unknown: EvidenceEvent = { code: 'NOTHING' };
    expect([missing, wrong, unknown]).toHaveLength(3);
  });

  it('refuses an event with an undeclared field, and a field with two types', () => {
    const event = { zh: '', en: '', when: {}, level: 1, required: { b: true }, optional: {} };
    expect(() => parseCatalogue(JSON.stringify({ fields: { text: { a: {} } }, events: { X: event } }))).toThrow('b');
    expect(() => parseCatalogue(JSON.stringify({ fields: { text: { a: {} }, list: { a: {} } }, events: {} }))).toThrow(
      'a',
    );
  });
});

describe('an event body', () => {
  it('is canonical JSON with id, time and code, lists sorted and without repeats', () => {
    expect(bodyOf(answered)).toBe(
      '{"actor":"t1","at":"2026-01-02T03:04:05.678Z","code":"QUERY_ANSWERED","decision":"ALLOW",' +
        '"fields":["Person.name","Person.sex"],"id":"01890000-0000-7000-8000-000000000000","operation":"residents",' +
        '"subjects":["a","b"],"unit":"民政局","v":1}',
    );
  });

  it('survives a round trip byte for byte, whatever the texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (text) => {
        const bytes = bodyOf({ ...answered, unit: text });
        expect(canonicalJson(JSON.parse(bytes))).toBe(bytes);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it.each([
    [{ ...answered, actor: undefined }, 'actor: missing'],
    [{ ...answered, subjects: 'a' }, 'subjects: not a list'],
    [{ ...answered, rows: -1 }, 'rows: not a integer'],
    [{ ...answered, rows: 1.5 }, 'rows: not a integer'],
    [{ ...answered, operationHash: 'XYZ' }, 'operationHash: not a digest'],
    [{ ...answered, name: '张三' }, 'name: not declared'],
    [{ ...answered, unit: '' }, 'unit: not a text'],
    [{ ...answered, unit: '\ud800' }, 'unit: not a text'],
    [{ ...answered, unit: 'x'.repeat(401) }, 'unit: not a text'],
    [{ ...answered, caseNo: '案 99010119900307123X' }, 'caseNo: holds an identifier'],
    [{ ...answered, caseNo: '９９０１０１１９９００３０７１２３Ｘ' }, 'caseNo: holds an identifier'],
    [{ code: 'NOTHING' }, 'unknown code'],
  ])('is refused when it does not match its kind: %#', (event, problem) => {
    expect(() => bodyOf(event)).toThrow(invalid(problem));
  });

  it('takes digests as bytes or hex, and big integers', () => {
    const body = bodyOf({
      code: 'SYNC_PAGE_COMMITTED',
      source: 's',
      stream: 1,
      run: 2,
      page: 3,
      read: 4n,
      epoch: 5n,
      pageDigest: Buffer.of(1, 255),
    });
    expect(JSON.parse(body)).toMatchObject({ read: 4, epoch: 5, pageDigest: '01ff' });
  });
});

describe('append', () => {
  const sent: { sql: unknown; params: readonly unknown[] }[] = [];
  const tx: LedgerTx = {
    query: async (sql, params = []) => {
      sent.push({ sql, params });
      return { rows: [] };
    },
  };

  it('sends one statement, with the subjects once each', async () => {
    const id = await append(tx, answered);
    await append(tx, { code: 'SYNC_STARTED', actor: 'cli', source: 'police' });
    expect(sent).toHaveLength(2);
    expect(sent[0]!.params[0]).toBe(id);
    expect(sent[0]!.params[3]).toEqual(['b', 'a']);
    expect(JSON.parse(String(sent[0]!.params[2]))).toMatchObject({ id });
    expect(sent[1]!.params).toHaveLength(3);
  });

  it('sends nothing for an event that is not valid', async () => {
    const before = sent.length;
    await expect(append(tx, { ...answered, decision: '' })).rejects.toEqual(invalid('decision: not a text'));
    expect(sent).toHaveLength(before);
  });
});
