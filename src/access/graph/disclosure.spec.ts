import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, parse } from 'graphql';
import { compileOperation } from './compiled-operation.js';
import { DisclosureCollector, type DisclosureReport } from './disclosure.js';
import { walkDisclosure } from './disclosure-walk.js';

const schema = buildSchema(
  `type Query { all: [A!] version: String } type A { id: ID! v: String w: String b: B } type B { v: String }`,
);
const compiled = compileOperation(schema, parse('{ list: all { x: v w b { y: v } } }'), undefined)!;
const walk = (data: object, reports: DisclosureReport[]) => {
  const collector = new DisclosureCollector();
  for (const report of reports) collector.report(report);
  return walkDisclosure(data as never, compiled.plan, collector);
};
const report = (id: string, rest: Partial<DisclosureReport> = {}): DisclosureReport => ({
  type: 'A',
  id,
  field: 'v',
  state: 'VALUE',
  access: 'MASKED',
  rule: 'r',
  level: 3,
  ...rest,
});
const items = (...ids: string[]) => ({ list: ids.map((id) => ({ x: '1', w: '2', b: { y: '3' }, isthmus_id_: id })) });

describe('disclosure', () => {
  it('leaves fresh shown values out and takes the added ids away', () => {
    const data = items('1', '2');
    expect(walk(data, [report('1', { access: 'SHOWN' })])).toEqual({ entries: [], withheld: [], masked: [] });
    expect(data.list[0]).toEqual({ x: '1', w: '2', b: { y: '3' } });
  });

  it('merges what all items say, and names the ids where they do not agree', () => {
    const entry = {
      path: ['list', 'x'],
      state: 'VALUE',
      access: 'MASKED',
      rule: 'r',
      level: 3,
      asOf: null,
      stale: false,
      unlock: null,
    };
    expect(walk(items('1', '2'), [report('1'), report('2')]).entries).toEqual([entry]);
    expect(walk(items('1', '2'), [report('2')]).entries).toEqual([{ ...entry, ids: ['2'] }]);
    const twice = [report('2', { asOf: '2026-01-01T00:00:00Z' }), report('2', { asOf: '2026-02-01T00:00:00Z' })];
    expect(walk(items('1', '2'), twice).entries).toMatchObject([{ ids: ['2'], asOf: '2026-01-01T00:00:00Z' }]);
    expect(walk(items('1', '2'), [report('3')]).entries).toEqual([]);
  });

  it('tells the oldest time of merged entries, and that one of them is stale', () => {
    const { entries } = walk(items('1', '2'), [
      report('1', { access: 'SHOWN', stale: true, asOf: '2026-02-01T00:00:00Z' }),
      report('2', { access: 'SHOWN', stale: true, asOf: '2026-01-01T00:00:00Z' }),
    ]);
    expect(entries).toMatchObject([{ stale: true, asOf: '2026-01-01T00:00:00Z' }]);
  });

  it('reaches below objects without id by the path from the one above', () => {
    expect(walk(items('1'), [report('1', { field: 'b.v' })]).entries).toMatchObject([{ path: ['list', 'b', 'y'] }]);
  });

  it('says nothing of the state of what is withheld', () => {
    const { entries, withheld } = walk(items('1'), [report('1', { access: 'WITHHELD', state: 'EMPTY' })]);
    expect(entries[0]).not.toHaveProperty('state');
    const mixed = [
      report('1', { access: 'WITHHELD', state: 'EMPTY' }),
      report('2', { access: 'WITHHELD', state: 'VALUE' }),
    ];
    expect(walk(items('1', '2'), mixed).entries).toEqual([expect.not.objectContaining({ ids: expect.anything() })]);
    expect(withheld).toEqual(['A.v']);
  });

  it('never loses or invents a report, whatever the order', () => {
    const one = fc.record({
      id: fc.constantFrom('1', '2', '3'),
      field: fc.constantFrom('v', 'w'),
      access: fc.constantFrom('MASKED' as const, 'WITHHELD' as const, 'SHOWN' as const),
      state: fc.constantFrom('VALUE' as const, 'EMPTY' as const),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (reports) => {
        const given = reports.map((r) => report(r.id, r));
        const forward = walk(items('1', '2', '3'), given).entries;
        const backward = walk(items('1', '2', '3'), [...given].reverse()).entries;
        const said = (entries: typeof forward) =>
          entries
            .flatMap(({ path, access, state, ids }) =>
              (ids ?? ['1', '2', '3']).map((id) => `${id} ${path[1]} ${access} ${access === 'WITHHELD' ? '' : state}`),
            )
            .sort();
        const expected = new Set(
          given
            .filter(({ access, state }) => access !== 'SHOWN' || state !== 'VALUE')
            .map(
              ({ id, field, access, state }) =>
                `${id} ${field === 'v' ? 'x' : 'w'} ${access} ${access === 'WITHHELD' ? '' : state}`,
            ),
        );
        expect(new Set(said(forward))).toEqual(expected);
        expect(new Set(said(backward))).toEqual(expected);
      }),
      { seed: 42, numRuns: 300 },
    );
  });
});
