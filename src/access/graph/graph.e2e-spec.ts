import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { startGraph, type TestGraph } from './fixtures/start-graph.fixture.js';
import { calls } from './fixtures/synthetic.fixture.js';

describe.each(['hive', 'stitching'] as const)('the graph on %s', (executor) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph({ executor });
  });
  afterAll(() => graph.close());
  beforeEach(() => {
    graph.ports.events.length = graph.ports.journal.length = graph.ports.failures.length = 0;
    for (const name of Object.keys(calls)) delete calls[name];
  });

  it('answers one resident over four subgraphs in one transaction whose last statement is the evidence', async () => {
    expect(graph.gateway.executorKind).toBe(executor);
    const { body } = await graph.ask(
      `query One($id: ID!) { resident(id: $id) { name subscriptions { label } occupancies { label } marriages { label } } }`,
      { id: 'r2' },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data).toEqual({
      resident: {
        name: '李四',
        subscriptions: [{ label: 'Subscription_ 1' }, { label: 'Subscription_ 2' }],
        occupancies: [{ label: 'Occupancy 1' }, { label: 'Occupancy 2' }],
        marriages: [{ label: 'Marriage 1' }, { label: 'Marriage 2' }],
      },
    });
    const { journal, events } = graph.ports;
    expect(journal.filter((line) => line.startsWith('begin'))).toEqual([expect.stringContaining('REPEATABLE READ')]);
    expect(journal.slice(-2)).toEqual(['INSERT evidence', 'commit']);
    expect(journal).toHaveLength(7);
    expect(graph.ports.overlapped).toBe(false);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      code: 'graph.read',
      decision: 'allowed',
      operationId: body.extensions.operationId,
      actor: 't-department',
      unit: '测试街道',
      purpose: 'elderly-care',
      caseNo: 'C-1',
      operationName: 'One',
      operation: ['resident'],
      subjects: ['r2'],
      errorCode: null,
    });
    expect(events[0]!.fields).toEqual([
      'Marriage.label',
      'Occupancy.label',
      'Query.resident',
      'Resident.marriages',
      'Resident.name',
      'Resident.occupancies',
      'Resident.subscriptions',
      'Subscription_.label',
    ]);
  });

  it('asks each subgraph once for a whole page', async () => {
    const { body } = await graph.ask(`{ residents(first: 3) { nodes { id subscriptions { id } marriages { id } } } }`);
    expect(body.data.residents.nodes).toHaveLength(3);
    expect(calls).toEqual({ residents: 1, telecom: 1, 'civil-affairs': 1 });
  });

  it('discloses by response path, without the ids being asked for', async () => {
    const { body } = await graph.ask(`{
      page: residents(first: 2) { nodes { called: name secret registration { addressText } subscriptions { status } } }
    }`);
    expect(body.data.page.nodes[0]).toEqual({
      called: '张三',
      secret: null,
      registration: { addressText: '某某路**' },
      subscriptions: [{ status: null }, { status: null }],
    });
    expect(body.extensions.disclosure).toEqual(
      expect.arrayContaining([
        {
          path: ['page', 'nodes', 'called'],
          state: 'VALUE',
          access: 'SHOWN',
          rule: 'source-down',
          level: 3,
          asOf: '2026-11-01T00:00:00Z',
          stale: true,
          unlock: null,
          ids: ['r1'],
        },
        {
          path: ['page', 'nodes', 'secret'],
          access: 'WITHHELD',
          rule: 'purpose-does-not-name-field',
          level: 4,
          asOf: null,
          stale: false,
          unlock: 'purpose=x',
        },
        {
          path: ['page', 'nodes', 'registration', 'addressText'],
          state: 'VALUE',
          access: 'MASKED',
          rule: 'mask',
          level: 3,
          asOf: null,
          stale: false,
          unlock: null,
        },
        {
          path: ['page', 'nodes', 'subscriptions', 'status'],
          state: 'EMPTY',
          access: 'SHOWN',
          rule: 'empty-at-source',
          level: 2,
          asOf: null,
          stale: false,
          unlock: null,
          ids: ['subscriptions-r1-1', 'subscriptions-r2-1'],
        },
      ]),
    );
    expect(body.extensions.disclosure).toHaveLength(4);
    expect(graph.ports.events[0]!.withheld).toEqual(['Resident.secret']);
  });

  it('asks no subgraph for what is skipped', async () => {
    const query = `query($with: Boolean!) { resident(id: "r2") { name subscriptions @include(if: $with) { label } marriages @skip(if: $with) { label } } }`;
    const yes = await graph.ask(query, { with: true });
    expect(Object.keys(yes.body.data.resident)).toEqual(['name', 'subscriptions']);
    expect(calls).toEqual({ residents: 1, telecom: 1 });
    const no = await graph.ask(query, { with: false });
    expect(Object.keys(no.body.data.resident)).toEqual(['name', 'marriages']);
    expect(calls).toEqual({ residents: 2, telecom: 1, 'civil-affairs': 1 });
  });

  it('follows interfaces, fragments and aliases to the same disclosure', async () => {
    const { body } = await graph.ask(
      `query P { a: party(id: "r1") { ...N } b: party(id: "o1") { ...N __typename } }
       fragment N on Party { kind: __typename name ... on Resident { s: secret } }`,
    );
    expect(body.data).toEqual({
      a: { kind: 'Resident', name: '张三', s: null },
      b: { kind: 'Org', name: '公司', __typename: 'Org' },
    });
    expect(body.extensions.disclosure.map((entry: { path: string[] }) => entry.path.join('.'))).toEqual([
      'a.name',
      'a.s',
    ]);
  });

  it('answers the standard introspection query to whoever is signed in, with a row', async () => {
    const { body } = await graph.ask(
      getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }),
      undefined,
      {
        authorization: 'Bearer vendor',
      },
    );
    expect(body.errors).toBeUndefined();
    const names = buildClientSchema(body.data).getTypeMap();
    expect(Object.keys(names)).toEqual(expect.arrayContaining(['Resident', 'Subscription_']));
    expect(graph.ports.events).toMatchObject([{ code: 'graph.read', operation: ['introspection'], actor: 't-vendor' }]);
  });
});
