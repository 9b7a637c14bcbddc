import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOSTILE } from './fixtures/hostile-documents.fixture.js';
import { startGraph, type TestGraph } from './fixtures/start-graph.fixture.js';

const LIMIT_MS = 50;

describe.each(['hive', 'stitching'] as const)('hostile documents on %s', (executor) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph({ executor });
    for (let i = 0; i < 5; i++)
      await graph.ask(`query warm${i} { residents(first: 2) { nodes { id friends { id } } } nothing }`);
  });
  afterAll(() => graph.close());

  it('are at least sixty', () => expect(HOSTILE.length).toBeGreaterThanOrEqual(60));

  it.each(HOSTILE)('$name', async ({ query, variables }) => {
    const read = graph.ports.journal.filter((line) => line.startsWith('SELECT')).length;
    let fastest = Infinity;
    for (let round = 0; round < 6 && fastest > LIMIT_MS; round++) {
      const from = performance.now();
      const used = process.cpuUsage();
      const { body, status } = await graph.ask(query, variables);
      // The processor time of client and server together: what other programs on the machine do must not count.
      const { user, system } = process.cpuUsage(used);
      fastest = Math.min(fastest, performance.now() - from, (user + system) / 1000);
      expect(body.errors?.[0]?.extensions?.code).toMatch(/^(LIMIT_EXCEEDED|BAD_USER_INPUT)$/);
      expect(body.data).toBeUndefined();
      expect([200, 400, 413]).toContain(status);
      if (
        body.errors[0].extensions.code === 'LIMIT_EXCEEDED' &&
        !body.errors[0].message.includes('first') &&
        !body.errors[0].message.includes('objects')
      )
        expect(status).not.toBe(200);
    }
    expect(fastest).toBeLessThanOrEqual(LIMIT_MS);
    expect(graph.ports.journal.filter((line) => line.startsWith('SELECT'))).toHaveLength(read);
  });

  it('leave nothing behind', async () => {
    expect(({} as Record<string, unknown>)['id']).toBeUndefined();
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    const { body } = await graph.ask('{ resident(id: "r1") { name extra friends { name } } }');
    expect(body.data.resident.name).toBe('张三');
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    expect(graph.ports.open).toBe(0);
  });
});
