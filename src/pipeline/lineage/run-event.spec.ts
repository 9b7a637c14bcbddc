import { describe, expect, it } from '@jest/globals';
import type { RunFacts } from './run-facts.js';
import { runEvent, type Dataset, type EventType } from './run-event.js';

const FACTS: RunFacts = {
  ...{ run: 7, source: 'police', stream: 'residents', entity: 'Person', mode: 'snapshotDiff', state: 'SUCCEEDED' },
  ...{ balanced: true, origin: null, code: null, params: {}, liveAfter: 12 },
  ...{ adapter: 'police-household', adapterVersion: '1.0.0', mappingVersion: '1.2.0' },
  counts: {
    ...{ read: 14, created: 10, updated: 2, unchanged: 0, revived: 1, quarantined: 1, skipped: 0 },
    ...{ deletedByMessage: 0, deletedByAbsence: 0 },
  },
  fields: [
    { entity: 'Person', field: 'name', from: ['XM'] },
    { entity: 'Person', field: 'mobile', from: ['contact.phone', 'phone'] },
    { entity: 'HouseholdRegistration', field: 'addressText', from: ['HJDZ'] },
  ],
};
const DEPLOYMENT = { id: '0c9f6d0e-8a50-4c3a-9a3e-2f1d8f0c7b11', version: '0.1.0' };
const AT = new Date('2026-11-24T12:00:00Z');
const event = (type: EventType, facts: Partial<RunFacts> = {}) =>
  runEvent(type, AT, { ...FACTS, ...facts }, DEPLOYMENT);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Every facet of an event, with its name. */
function facetsOf(value: unknown, name = ''): [string, Record<string, unknown>][] {
  if (typeof value !== 'object' || value === null) return [];
  const own =
    '_producer' in value ? [[name, value as Record<string, unknown>] as [string, Record<string, unknown>]] : [];
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => facetsOf(inner, key))];
}

describe('a run event', () => {
  it.each(['START', 'COMPLETE', 'FAIL', 'ABORT'] as const)('%s has what the specification 2-0-2 requires', (type) => {
    const one = event(type);
    expect(one).toMatchObject({
      eventType: type,
      eventTime: '2026-11-24T12:00:00.000Z',
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
      run: { runId: expect.stringMatching(UUID) },
      job: { namespace: 'isthmus-0c9f6d0e', name: 'police.residents' },
    });
    expect(URL.canParse(one.producer)).toBe(true);
    for (const set of [...one.inputs, ...one.outputs])
      expect(set).toMatchObject({ namespace: expect.any(String), name: expect.any(String) });
    const facets = facetsOf(one);
    expect(facets.length).toBeGreaterThanOrEqual(6);
    for (const [name, { _producer, _schemaURL }] of facets) {
      expect([name, _producer]).toEqual([name, one.producer]);
      expect([name, URL.canParse(_schemaURL as string)]).toEqual([name, true]);
    }
  });

  it('names what is read and what is written, and which field is made from which', () => {
    const { inputs, outputs } = event('START');
    const names = (set: Dataset): string[] =>
      (set.facets['schema']!['fields'] as { name: string }[]).map(({ name }) => name);
    expect(inputs.map((one) => [one.namespace, one.name, names(one)])).toEqual([
      ['isthmus-0c9f6d0e/police', 'residents', ['XM', 'contact.phone', 'phone', 'HJDZ']],
    ]);
    expect(outputs.map((one) => [one.namespace, one.name])).toEqual([
      ['isthmus-0c9f6d0e/store', 'data.person'],
      ['isthmus-0c9f6d0e/store', 'data.household_registration'],
    ]);
    expect(names(outputs[0]!)).toEqual(expect.arrayContaining(['name', 'idNumber', 'mobile']));
    expect(outputs[0]!.facets['columnLineage']!['fields']).toEqual({
      name: { inputFields: [{ namespace: 'isthmus-0c9f6d0e/police', name: 'residents', field: 'XM' }] },
      mobile: {
        inputFields: ['contact.phone', 'phone'].map((field) => ({
          ...{ namespace: 'isthmus-0c9f6d0e/police', name: 'residents', field },
        })),
      },
    });
  });

  it('tells counts and faults at the end only, a fault by its code and sentence', () => {
    expect(JSON.stringify(event('START'))).not.toMatch(/rowCount|isthmus_statement|errorMessage/);
    const done = event('COMPLETE');
    expect(done.inputs[0]!.inputFacets).toMatchObject({ inputStatistics: { rowCount: 14 } });
    expect(done.outputs.map((one) => one.outputFacets?.['outputStatistics']?.['rowCount'])).toEqual([13, undefined]);
    expect(done.run.facets['isthmus_statement']).toMatchObject({ state: 'SUCCEEDED', balanced: true, created: 10 });
    const failed = event('FAIL', { state: 'FAILED', code: 'SYNC_SCAN_INCOMPLETE', origin: 'source' });
    expect(failed.run.facets['errorMessage']).toMatchObject({
      message: expect.stringMatching(/^SYNC_SCAN_INCOMPLETE: \w/),
      programmingLanguage: 'JavaScript',
    });
  });

  it('calls a run by the same UUID whoever tells of it, and other runs and deployments by others', () => {
    const id = event('START').run.runId;
    expect(event('COMPLETE').run.runId).toBe(id);
    expect(event('START', { run: 8 }).run.runId).not.toBe(id);
    const elsewhere = runEvent('START', AT, FACTS, { ...DEPLOYMENT, id: '1c9f6d0e-8a50-4c3a-9a3e-2f1d8f0c7b11' });
    expect(elsewhere.run.runId).not.toBe(id);
  });
});
