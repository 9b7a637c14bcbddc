import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../platform/kernel/index.js';
import { MemoryPorts } from './fixtures/memory-ports.fixture.js';
import { ALL, startGraph, type TestGraph } from './fixtures/start-graph.fixture.js';
import { CivilSubgraph, PropertySubgraph, ResidentsSubgraph, TelecomSubgraph } from './fixtures/synthetic.fixture.js';
import { ENVELOPE_HEADER, openEnvelope, sealEnvelope } from './remote-envelope.js';
import { fetchSubgraphSdl, RemoteSubgraph } from './remote-subgraph.js';
import { subgraphClassServer } from './subgraph-server.js';

const KEY = new Secret(Buffer.alloc(32, 7));
const QUERY = `query Q { residents(first: 3) { nodes { id name secret subscriptions { label status } marriages { label status } } } }`;

interface Away {
  server: Server;
  url: string;
  ports: MemoryPorts;
}

/** The telecom subgraph behind HTTP, with a database and a ledger of its own. */
async function startAway(): Promise<Away> {
  const ports = new MemoryPorts();
  const server = subgraphClassServer(new TelecomSubgraph(), { key: KEY, ports });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { server, ports, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

describe.each(['hive', 'stitching'] as const)('a subgraph moved out, on %s', (executor) => {
  let here: TestGraph;
  let there: TestGraph;
  let away: Away;
  beforeAll(async () => {
    away = await startAway();
    const typeDefs = await fetchSubgraphSdl('telecom', away.url);
    const remote = new RemoteSubgraph({ name: 'telecom', url: away.url, typeDefs, key: KEY, deadlineMs: 300 });
    here = await startGraph({ executor }, ALL);
    there = await startGraph({ executor, remotes: [remote] }, [
      ResidentsSubgraph,
      PropertySubgraph,
      CivilSubgraph,
      TelecomSubgraph,
    ]);
  });
  afterAll(async () => {
    await Promise.all([here.close(), there.close()]);
    away.server.closeAllConnections();
    away.server.close();
  });
  beforeEach(() => {
    for (const { events, journal } of [here.ports, there.ports, away.ports]) events.length = journal.length = 0;
    away.ports.answer = () => [];
  });

  it('leaves answer, disclosure and the evidence’s fields and subjects equal', async () => {
    const [one, two] = await Promise.all([here.ask(QUERY), there.ask(QUERY)]);
    expect(two.body.errors).toBeUndefined();
    expect(two.body.data).toEqual(one.body.data);
    const sorted = (entries: { path: string[] }[]) =>
      [...entries].sort((a, b) => (a.path.join() < b.path.join() ? -1 : 1));
    expect(sorted(two.body.extensions.disclosure)).toEqual(sorted(one.body.extensions.disclosure));
    const last = there.ports.events.at(-1)!;
    const only = here.ports.events.at(-1)!;
    for (const name of ['code', 'fields', 'withheld', 'subjects', 'operation', 'purpose', 'decision'] as const)
      expect(last[name]).toEqual(only[name]);
  });

  it('is asked with nothing open, after an intent row, under one operation id', async () => {
    const openDuringCall: number[] = [];
    away.ports.answer = () => {
      openDuringCall.push(there.ports.open);
      return [];
    };
    const { body } = await there.ask(QUERY);
    expect(openDuringCall.every((open) => open === 0)).toBe(true);
    const rows = there.ports.events.map(({ code, target, phase }) => [code, target, phase]);
    expect(rows[0]).toEqual(['graph.read', null, 1]);
    expect(rows[1]).toEqual(['graph.intent', 'telecom', 2]);
    expect(rows.at(-1)![0]).toBe('graph.read');
    expect(there.ports.events[1]!.subjects).toEqual(['r1', 'r2', 'r3']);
    expect(away.ports.events).toMatchObject([
      { code: 'graph.read', subjects: ['r1', 'r2', 'r3'], actor: 't-department', purpose: 'elderly-care' },
    ]);
    const ids = [...there.ports.events, ...away.ports.events].map(({ operationId }) => operationId);
    expect(new Set(ids)).toEqual(new Set([body.extensions.operationId]));
  });

  it('costs only its own fields when it does not answer', async () => {
    away.ports.answer = () => new Promise(() => undefined);
    const { body } = await there.ask(QUERY);
    expect(body.data.residents.nodes[0]).toMatchObject({ name: '张三', subscriptions: null, marriages: [{}, {}] });
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0].extensions).toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(body.errors[0].message).toContain('telecom');
    expect(body.extensions.disclosure).toContainEqual(
      expect.objectContaining({
        path: ['residents', 'nodes', 'subscriptions'],
        state: 'SOURCE_UNAVAILABLE',
        rule: 'subgraph-unreachable',
      }),
    );
  });

  it('is not asked when the intent cannot be written', async () => {
    there.ports.failEvidence = true;
    const { body, text } = await there.ask(QUERY);
    there.ports.failEvidence = false;
    expect(body.errors[0].extensions.code).toBe('AUDIT_UNAVAILABLE');
    expect(text).not.toContain('张三');
    expect(away.ports.journal).toEqual([]);
  });
});

describe('a subgraph server', () => {
  let away: Away;
  beforeAll(async () => {
    away = await startAway();
  });
  afterAll(() => void away.server.close());
  const envelope = {
    operationId: 'o1',
    target: 'telecom',
    requester: { tokenId: 't', role: 'department', unit: 'u', person: 'p', purpose: 'x', caseNo: 'c' },
    policyVersion: '1',
    operationName: null,
    operation: [],
    documentHash: null,
    time: '2026-11-01T00:00:00Z',
  } as const;
  const body = JSON.stringify({
    query:
      'query($representations:[_Any!]!){_entities(representations:$representations){... on Resident{subscriptions{label}}}}',
    variables: { representations: [{ __typename: 'Resident', id: 'r1' }] },
  });
  const send = async (header: string | undefined, text = body): Promise<number> => {
    const headers = { 'content-type': 'application/json', ...(header !== undefined && { [ENVELOPE_HEADER]: header }) };
    return (await fetch(away.url, { method: 'POST', headers, body: text })).status;
  };
  const sealed = sealEnvelope(KEY, { ...envelope, operation: [] }, body);

  it('opens only to an envelope signed for it, for this body, now', async () => {
    expect(await send(sealed)).toBe(200);
    expect(await send(undefined)).toBe(401);
    expect(await send('')).toBe(401);
    expect(await send(`${sealed}x`)).toBe(401);
    expect(await send(sealed, body.replace('r1', 'r2'))).toBe(401);
    expect(await send(sealEnvelope(new Secret(Buffer.alloc(32, 8)), { ...envelope, operation: [] }, body))).toBe(401);
    expect(await send(sealEnvelope(KEY, { ...envelope, operation: [], target: 'civil-affairs' }, body))).toBe(401);
    expect(openEnvelope(KEY, sealed, 'telecom', body, Date.now() + 61_000)).toBeNull();
    expect(away.ports.events).toHaveLength(1);
  });

  it('takes nothing but a valid POST', async () => {
    expect((await fetch(away.url)).status).toBe(405);
    const wrong = '{"query":"{nothing}"}';
    expect(await send(sealEnvelope(KEY, { ...envelope, operation: [] }, wrong), wrong)).toBe(400);
  });
});
