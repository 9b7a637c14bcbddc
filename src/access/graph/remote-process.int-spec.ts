import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../platform/kernel/index.js';
import { startGraph, type TestGraph } from './fixtures/start-graph.fixture.js';
import { CivilSubgraph, PropertySubgraph, ResidentsSubgraph } from './fixtures/synthetic.fixture.js';
import type { OperationEvent } from './ports.js';
import { fetchSubgraphSdl, RemoteSubgraph } from './remote-subgraph.js';

const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const QUERY = '{ resident(id: "r1") { name subscriptions { label status } } }';

describe('a subgraph in a process of its own', () => {
  let child: ChildProcess;
  let here: TestGraph;
  let there: TestGraph;
  beforeAll(async () => {
    child = fork(fixture('away.process.ts'), [], { execArgv: ['--import', fixture('swc-register.mjs')] });
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    const url = `http://127.0.0.1:${port}/`;
    const typeDefs = await fetchSubgraphSdl('telecom', url);
    const remote = new RemoteSubgraph({ name: 'telecom', url, typeDefs, key: new Secret(Buffer.alloc(32, 7)) });
    here = await startGraph();
    there = await startGraph({ remotes: [remote] }, [ResidentsSubgraph, PropertySubgraph, CivilSubgraph]);
  });
  afterAll(async () => {
    child.kill();
    await Promise.all([here?.close(), there?.close()]);
  });

  it('answers, discloses and is evidenced as if it were here', async () => {
    const [one, two] = [await here.ask(QUERY), await there.ask(QUERY)];
    expect(two.body.data).toEqual(one.body.data);
    expect(two.body.extensions.disclosure).toEqual(one.body.extensions.disclosure);
    child.send('events');
    const [{ events, pid }] = (await once(child, 'message')) as [{ events: OperationEvent[]; pid: number }];
    expect(pid).not.toBe(process.pid);
    expect(events).toMatchObject([
      { operationId: two.body.extensions.operationId, subjects: ['r1'], actor: 't-department' },
    ]);
  });

  it('may die: the rest is answered', async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { body } = await there.ask(QUERY);
    expect(body.data.resident).toEqual({ name: '张三', subscriptions: null });
    expect(body.errors[0].extensions.code).toBe('SOURCE_UNAVAILABLE');
    expect(there.ports.events.at(-1)).toMatchObject({ decision: 'allowed', unavailable: ['telecom'] });
  });
});
