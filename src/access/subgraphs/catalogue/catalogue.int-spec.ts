import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runningGraph, type RunningGraph } from '../../../../test/kit/graph.js';
import { syncBench, syntheticPeople, type SyncBench } from '../../../../test/kit/sync-bench.js';

const LIST = `query ($filter: CatalogueFilter, $first: Int, $after: String) {
  catalogue(filter: $filter, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    nodes { code entity source class level shareType updateCycle related items { name } matches { name level shareType stewards } } } }`;
const ONE = `query ($code: ID!) { dataResource(code: $code) { code title provider format shareMode updateCycle shareCondition open
  live { state asOf records recordsCapped } items { name title level stewards mask } } }`;
interface Page {
  nodes: { code: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
const ROLES = ['department', 'steward', 'vendor', 'auditor', 'supervisor', 'operator'] as const;

describe('the catalogue in the graph', () => {
  let bench: SyncBench;
  let graph: RunningGraph;
  const people = syntheticPeople(20);
  beforeAll(async () => {
    bench = await syncBench({ pageSize: 500 });
    graph = await runningGraph({ db: bench.db, keyring: bench.keyring }, { executor: 'stitching' });
    await bench.source('ledger');
    bench.deliver('ledger', people);
    expect((await bench.sync('ledger')).row).toMatchObject({ state: 'SUCCEEDED' });
  });
  afterAll(async () => {
    await graph.close();
    await bench.close();
  });

  it.each(ROLES)('is open to %s without a purpose', async (role) => {
    const { body } = await graph.ask({ role }, LIST, { first: 200 });
    expect(body.errors).toBeUndefined();
    const entities = body.data.catalogue.nodes.filter(({ source }: { source: string | null }) => source === null);
    expect(entities).toHaveLength(11);
    expect(body.data.catalogue.totalCount).toBe(body.data.catalogue.nodes.length);
  });

  it('says what a source provides and how it stands, and nothing of a person', async () => {
    const { body } = await graph.ask({ role: 'vendor' }, ONE, { code: '101001/000001@ledger' });
    expect(body.errors).toBeUndefined();
    expect(body.data.dataResource).toMatchObject({
      provider: 'property',
      format: 'JSONL',
      shareMode: 'FILE',
      updateCycle: 'IRREGULAR',
      open: false,
      live: { state: 'OK', records: 20, recordsCapped: false },
    });
    expect(body.data.dataResource.live.asOf).toMatch(/Z$/);
    expect(body.data.dataResource.items.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['name', 'idNumber', 'sex', 'mobile']),
    );
    const text = JSON.stringify(body);
    for (const { name, id, phone } of people)
      for (const value of [name, id, phone]) if (value) expect(text).not.toContain(value);
    const unknown = await graph.ask({ role: 'vendor' }, ONE, { code: 'nothing' });
    expect(unknown.body.data).toEqual({ dataResource: null });
  });

  it('is searched and paged', async () => {
    const { body } = await graph.ask({ role: 'department' }, LIST, {
      filter: { level: 'L4', shareType: 'CONDITIONAL', steward: 'civil-affairs', class: 'DEPARTMENT', text: '婚姻' },
    });
    const [found, ...others] = body.data.catalogue.nodes;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: '302001/000001', entity: 'MarriageRecord' });
    for (const item of found.matches) expect(item).toMatchObject({ level: 'L4', shareType: 'CONDITIONAL' });
    const codes: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Page = (await graph.ask({ role: 'auditor' }, LIST, { first: 5, after })).body.data.catalogue;
      codes.push(...page.nodes.map(({ code }) => code));
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toContain('101001/000001@ledger');
  });
});
