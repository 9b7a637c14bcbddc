import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Cli } from '../kit/cli.js';
import { started } from '../kit/cli-program.js';
import { syntheticId } from '../kit/sync-bench.js';
import { until } from '../kit/until.js';

jest.setTimeout(180_000);

const SCHEDULE_SECONDS = 3;
/** How much later than the schedule a change may be served: reading, linking and unifying included. */
const GRACE_SECONDS = 5;
const PEOPLE = 100;
const NAMES = Array.from({ length: PEOPLE }, (_, at) => `测${String.fromCodePoint(0x4e00 + at)}`);

describe('a change at the source', () => {
  const home = mkdtempSync(join(tmpdir(), 'isthmus-fresh-'));
  const lineage = join(home, 'lineage.ndjson');
  const cli = new Cli({
    ...{ PORT: '0', ISTHMUS_DATA_DIR: join(home, 'data'), ISTHMUS_DEMO: 'off', ISTHMUS_LANG: 'en' },
    ISTHMUS_OPENLINEAGE: `file://${lineage}`,
  });
  let program: ChildProcess;
  let url = '';
  let token = '';

  /** A whole new ledger, put in place at once as a careful clerk does. */
  const deliver = (mobileOf: (at: number) => string): void => {
    const lines = NAMES.map((name, at) => `${name},${syntheticId(at)},男,${mobileOf(at)}`);
    writeFileSync(join(home, 'next'), `姓名,身份证号,性别,联系电话\n${lines.join('\n')}\n`);
    renameSync(join(home, 'next'), join(home, 'ledger', 'ledger.csv'));
  };
  const mobileOf = async (name: string): Promise<string | null> => {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        ...{ 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        ...{ 'X-Isthmus-Purpose': 'residence-check', 'X-Isthmus-Case': 'TEST-1' },
      },
      body: JSON.stringify({
        query: 'query($name: String!) { residents(filter: { namePrefix: $name }, first: 1) { nodes { mobile } } }',
        variables: { name },
      }),
    });
    const { data } = (await answer.json()) as { data: { residents: { nodes: { mobile: string }[] } } };
    return data.residents.nodes[0]?.mobile ?? null;
  };

  beforeAll(async () => {
    mkdirSync(join(home, 'ledger'));
    deliver((at) => `1390000${String(1000 + at)}`);
    program = await started(cli);
    url = (JSON.parse(readFileSync(join(home, 'data', 'run.json'), 'utf8')) as { httpUrl: string }).httpUrl;
    const who = ['--role', 'department', '--unit', '测试街道', '--person', '经办', '--expires', '1d'];
    token = (await cli.run(['token', 'issue', ...who])).stdout.trim();
    const source = ['--adapter', 'example-csv', '--set', `directory=${join(home, 'ledger')}`];
    const added = await cli.run(['source', 'add', 'ledger', ...source, '--schedule', `${SCHEDULE_SECONDS}s`]);
    expect(added).toMatchObject({ code: 0 });
    await until('the first answer', async () => (await mobileOf(NAMES[0]!)) === '13900001000');
  });
  afterAll(async () => {
    if (program?.exitCode === null) {
      program.kill('SIGTERM');
      await once(program, 'exit');
    }
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it(`is served within the schedule and ${GRACE_SECONDS} seconds`, async () => {
    const waits: number[] = [];
    for (const round of [1, 2, 3]) {
      const since = performance.now();
      const wanted = `13${round}00009999`;
      deliver((at) => (at === 7 ? wanted : `1390000${String(1000 + at)}`));
      await until('the change to be served', async () => (await mobileOf(NAMES[7]!)) === wanted);
      waits.push((performance.now() - since) / 1000);
    }
    expect(waits.filter((one) => one > SCHEDULE_SECONDS + GRACE_SECONDS)).toEqual([]);
  });

  it('and the asking leave their traces in metrics and lineage, and no word of a person', async () => {
    const text = await until('the runs to be told', async () => {
      const scraped = await (await fetch(`${url}/metrics`)).text();
      return /lineage_events_total\{outcome="sent"\} \d/.test(scraped) ? scraped : null;
    });
    const value = (metric: string): number =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(metric))
          ?.split(' ')
          .at(-1),
      );
    expect(value('isthmus_sync_runs_total{source="ledger",state="SUCCEEDED"}')).toBeGreaterThanOrEqual(4);
    expect(value('isthmus_sync_page_seconds_count{source="ledger"}')).toBeGreaterThanOrEqual(4);
    expect(value('isthmus_sync_records_total{source="ledger",outcome="read"}')).toBeGreaterThanOrEqual(4 * PEOPLE);
    expect(value('isthmus_graph_operations_total{role="department",outcome="ANSWERED"}')).toBeGreaterThan(3);
    expect(value('isthmus_graph_operation_seconds_count{outcome="ANSWERED"}')).toBeGreaterThan(3);
    expect(value('isthmus_evidence_rows_total{code="graph.read"}')).toBeGreaterThan(3);
    expect(value('isthmus_http_requests_total{route="/graphql",status="200"}')).toBeGreaterThan(3);
    expect(value('isthmus_source_up{source="ledger"}')).toBe(1);
    const told = readFileSync(lineage, 'utf8');
    expect(told.split('\n')[0]).toContain('"eventType":"START"');
    const log = readFileSync(join(home, 'data', 'isthmus.log'), 'utf8');
    for (const word of [NAMES[7]!, syntheticId(7), '13300009999', home]) expect(text + told + log).not.toContain(word);
  });
});
