import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGraph, type TestGraph } from './fixtures/start-graph.fixture.js';
import { LocalSubgraph } from './subgraph-endpoint.js';
import { buildSubgraphSchema } from './subgraph-schema.js';
import { SubgraphRegistry } from './subgraph-registry.js';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';
const extra = (field: string): LocalSubgraph => {
  const typeDefs = `${LINK} type Resident @key(fields: "id") { id: ID! ${field}: String }`;
  const schema = buildSubgraphSchema('extra', typeDefs, {
    Resident: { __resolveReferences: (all) => all.map(({ id }) => ({ id, [field]: `${field} of ${String(id)}` })) },
  });
  return new LocalSubgraph('extra', typeDefs, schema);
};

describe.each(['hive', 'stitching'] as const)('swapping the graph on %s', (executor) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph({ executor });
  });
  afterAll(() => graph.close());

  it('loses no request under load, and new fields appear at once', async () => {
    const base = graph.app.get(SubgraphRegistry, { strict: false }).find();
    let running = true;
    let answered = 0;
    const failures: unknown[] = [];
    const client = async (): Promise<void> => {
      while (running) {
        const { body } = await graph.ask('{ resident(id: "r1") { name subscriptions { label } } }');
        if (body.errors || body.data.resident.subscriptions.length !== 2) failures.push(body);
        answered++;
      }
    };
    const clients = Array.from({ length: 3 }, client);
    for (let round = 0; round < 6; round++) {
      await graph.gateway.swap([...base, extra(`extra${round}`)]);
      const { body } = await graph.ask(`{ resident(id: "r2") { extra${round} } }`);
      expect(body.data).toEqual({ resident: { [`extra${round}`]: `extra${round} of r2` } });
    }
    running = false;
    await Promise.all(clients);
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(6);
  });

  it('keeps the old graph when the new one does not compose', async () => {
    const before = graph.gateway.printSupergraph();
    const wrong = new LocalSubgraph(
      'wrong',
      `${LINK} type Resident @key(fields: "id") { id: ID! name: Int }`,
      null as never,
    );
    const base = graph.app.get(SubgraphRegistry, { strict: false }).find();
    await expect(graph.gateway.swap([...base, wrong])).rejects.toThrow('do not compose');
    expect(graph.gateway.printSupergraph()).toBe(before);
    expect((await graph.ask('{ version }')).body.data).toEqual({ version: '1' });
  });
});
