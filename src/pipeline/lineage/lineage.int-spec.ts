import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { syncBench, syntheticPeople, type SyncBench } from '../../../test/kit/sync-bench.js';
import { until } from '../../../test/kit/until.js';
import { deliveryTo } from './deliver.js';
import { LineageReporter } from './lineage-reporter.js';
import type { RunEvent } from './run-event.js';

describe('run events', () => {
  let bench: SyncBench;
  let server: Server;
  let answer = 503;
  const got: { path: string; authorization: string | undefined; event: RunEvent }[] = [];
  const told: [string, number][] = [];
  const reporters: LineageReporter[] = [];
  const reporter = async (target: string): Promise<LineageReporter> => {
    const made = new LineageReporter({
      database: bench.db.database,
      deliver: deliveryTo(target),
      version: '0.1.0',
      report: (outcome, count) => void told.push([outcome, count]),
    });
    reporters.push(made);
    await made.start();
    return made;
  };
  const waiting = async (): Promise<number> =>
    (await bench.db.admin<{ n: number }>(`SELECT count(*)::int AS n FROM control.lineage_event`))[0]!.n;
  /** A postponed event comes up at once; one that is being sent is left alone. */
  const hurry = () =>
    bench.db.admin(
      `UPDATE control.lineage_event SET due_at = '-infinity' WHERE due_at < clock_timestamp() + interval '30 s'`,
    );

  beforeAll(async () => {
    bench = await syncBench();
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        if (answer < 300)
          got.push({
            path: request.url!,
            authorization: request.headers.authorization,
            event: JSON.parse(Buffer.concat(parts).toString('utf8')) as RunEvent,
          });
        response.writeHead(answer).end();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    await Promise.all(reporters.map((one) => one.stop()));
    server.close();
    await bench.close();
  });

  it('are not noted while nobody has asked for them', async () => {
    await bench.source('early');
    bench.deliver('early', syntheticPeople(3));
    expect((await bench.sync('early')).result).toBe('SUCCEEDED');
    expect(await waiting()).toBe(0);
  });

  it('wait for a collector that is away, which holds up no sync, and come in their order when it is back', async () => {
    const address = `http://:secret@127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [one] = [await reporter(address), await reporter(address)];
    await bench.source('people');
    bench.deliver('people', syntheticPeople(250, 1000));
    expect((await bench.sync('people')).result).toBe('SUCCEEDED');
    await until('a refusal', () => told.some(([outcome]) => outcome === 'failed'));
    expect(await waiting()).toBe(2);
    answer = 201;
    await until('both events', async () => {
      await hurry();
      await one!.look();
      return (await waiting()) === 0;
    });
    expect(got.map(({ path, authorization }) => [path, authorization])).toEqual([
      ['/api/v1/lineage', 'Bearer secret'],
      ['/api/v1/lineage', 'Bearer secret'],
    ]);
    const [start, complete] = got.map(({ event }) => event) as [RunEvent, RunEvent];
    expect([start.eventType, complete.eventType]).toEqual(['START', 'COMPLETE']);
    expect(complete.run.runId).toBe(start.run.runId);
    expect(complete.job.name).toBe('people.people');
    expect(complete.outputs.map(({ name }) => name)).toEqual(['data.person', 'data.property_occupancy']);
    expect(complete.inputs[0]!.inputFacets!['inputStatistics']!['rowCount']).toBe(250);
    expect(complete.outputs[0]!.outputFacets!['outputStatistics']!['rowCount']).toBe(250);
  });

  it('tell of a run that failed, and of none that was cancelled before it began; no word of a record', async () => {
    const before = got.length;
    bench.deliver('people', syntheticPeople(250, 1000), 9000);
    expect((await bench.sync('people')).result).not.toBe('SUCCEEDED');
    const queued = await bench.queueRun('people');
    await bench.db.admin(`UPDATE control.sync_run SET state = 'CANCELLED', ended_at = now() WHERE id = $1`, [queued]);
    await until('the events', async () => {
      await hurry();
      return (await waiting()) === 0;
    });
    const events = got.slice(before).map(({ event }) => event);
    expect(events.map(({ eventType }) => eventType)).toEqual(['START', expect.stringMatching(/^(FAIL|COMPLETE)$/)]);
    expect(events[1]!.run.facets['isthmus_statement']).toMatchObject({
      code: expect.any(String),
      balanced: expect.any(Boolean),
    });
    const text = JSON.stringify(got);
    for (const person of syntheticPeople(250, 1000))
      for (const word of [person.id!, person.name!, person.phone!]) expect(text).not.toContain(word);
    expect(text).not.toContain(bench.db.home);
  });

  it('go to a file, one line each, that only its owner reads', async () => {
    await Promise.all(reporters.splice(0).map((one) => one.stop()));
    const file = join(bench.db.home, 'lineage.ndjson');
    await reporter(pathToFileURL(file).href);
    bench.deliver('people', syntheticPeople(251, 1000));
    await bench.sync('people');
    await until('the lines', async () => existsSync(file) && (await waiting()) === 0);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as RunEvent).eventType)).toEqual(['START', 'COMPLETE']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
