import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Cli } from '../kit/cli.js';
import { started } from '../kit/cli-program.js';
import { HMAC, pushAdapter, send } from '../kit/push-bench.js';
import { syntheticPeople } from '../kit/sync-bench.js';
import { until } from '../kit/until.js';

jest.setTimeout(180_000);

interface Status {
  sources: {
    scheduleSeconds: number;
    records: number;
    push: { stream: string; path: string; lastEventAt: string | null; waiting: number; lagSeconds: number }[];
  }[];
}

describe('a system that pushes', () => {
  const home = mkdtempSync(join(tmpdir(), 'isthmus-push-'));
  const cli = new Cli({ PORT: '0', ISTHMUS_DATA_DIR: join(home, 'data'), ISTHMUS_DEMO: 'off', ISTHMUS_LANG: 'en' });
  const [first, second, third] = syntheticPeople(3);
  let program: ChildProcess;
  let url = '';
  let token = '';

  beforeAll(async () => {
    const { manifest, mapping } = pushAdapter('cloudevents');
    for (const name of ['test-push', 'drop']) mkdirSync(join(home, name));
    writeFileSync(join(home, 'test-push', 'manifest.yaml'), manifest);
    writeFileSync(join(home, 'test-push', 'mapping.yaml'), mapping);
    writeFileSync(join(home, 'drop', 'people_1.jsonl'), `${JSON.stringify(second)}\n`);
    writeFileSync(join(home, 'drop', 'people_1.jsonl.ok'), 'rows=1');
    writeFileSync(join(home, 'hmac'), `${HMAC}\n`);
    program = await started(cli);
    url = (JSON.parse(readFileSync(join(home, 'data', 'run.json'), 'utf8')) as { httpUrl: string }).httpUrl;
    const who = ['--role', 'department', '--unit', '测试街道', '--person', '经办', '--expires', '1d'];
    token = (await cli.run(['token', 'issue', ...who])).stdout.trim();
  });
  afterAll(async () => {
    program.kill('SIGTERM');
    if (program.exitCode === null) await once(program, 'exit');
    rmSync(home, { recursive: true, force: true });
  });
  const status = async (): Promise<Status['sources'][0]> =>
    (await cli.json<Status>(['source', 'status', 'estate'])).sources[0]!;

  it('is brought in with its secret, read whole once, and told where to push', async () => {
    const added = await cli.run([
      ...['source', 'add', 'estate', '--adapter', join(home, 'test-push'), '--set', `directory=${join(home, 'drop')}`],
      ...['--secret', `hmac=@${join(home, 'hmac')}`],
    ]);
    expect(added).toMatchObject({ code: 0 });
    expect(added.stderr).toContain('push to POST /push/estate/people · read whole every 1d');
    expect(await cli.run(['source', 'sync', 'estate', '--wait'])).toMatchObject({ code: 0 });
    expect(await status()).toMatchObject({
      scheduleSeconds: 86_400,
      records: 1,
      push: [{ stream: 'people', path: '/push/estate/people', lastEventAt: null, waiting: 0, lagSeconds: 0 }],
    });
  });

  it('has its events taken within five seconds, by the running program', async () => {
    const from = performance.now();
    const answer = await send(`${url}/push/estate/people`, [
      { id: '1', data: first! },
      { id: '2', data: third! },
    ]);
    expect([answer.status, await answer.json()]).toEqual([202, { accepted: 2, duplicates: 0, ignored: 0 }]);
    await until('the pushed person', async () => {
      const asked = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', authorization: `Bearer ${token}` },
          ...{ 'x-isthmus-purpose': 'residence-check', 'x-isthmus-case': 'TEST-1' },
        },
        body: JSON.stringify({
          query: 'query($id: String!) { residents(filter: { namePrefix: $id }, first: 1) { nodes { name } } }',
          variables: { id: first!.name },
        }),
      });
      return ((await asked.json()) as { data: { residents: { nodes: object[] } } }).data.residents.nodes.length === 1;
    });
    expect((performance.now() - from) / 1000).toBeLessThan(5);
    const now = await status();
    expect(now).toMatchObject({ records: 3, push: [{ waiting: 0 }] });
    expect(Date.parse(now.push[0]!.lastEventAt!)).toBeGreaterThan(Date.now() - 60_000);
    expect((await cli.run(['source', 'status', 'estate'])).stdout).toMatch(
      /people: POST \/push\/estate\/people · last event 20/,
    );
  });

  it('leaves no word of what it sent in the log, refused or not', async () => {
    const refused = await send(
      `${url}/push/estate/people`,
      { id: '9', data: first! },
      { secret: 'not the secret at all' },
    );
    expect(refused.status).toBe(401);
    const log = readFileSync(join(home, 'data', 'isthmus.log'), 'utf8');
    expect(log).toContain('PUSH_SIGNATURE');
    for (const word of [first!.id!, first!.phone!, first!.name!, HMAC]) expect(log).not.toContain(word);
  });
});
