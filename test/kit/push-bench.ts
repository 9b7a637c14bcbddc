import { createHash, createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PushDesk, pushHandler } from '../../src/access/push/index.js';
import type { AdapterManifest } from '../../src/pipeline/adapter-kit/index.js';
import { parseAdapter, type LoadedAdapter } from '../../src/pipeline/conform/index.js';
import { addSource, openPushRuns, runStream, type RunResult } from '../../src/pipeline/sync/index.js';
import { systemClock } from '../../src/platform/kernel/index.js';
import type { PersonLine } from './people-adapter.js';
import { syncBench, type SyncBench } from './sync-bench.js';

export const HMAC = 'a shared secret of the test';
export const CODE = '978984641654';

/** The two files of a small adapter whose stream `people` is pushed, and read whole from JSON-lines files. */
export const pushAdapter = (form: string): { manifest: string; mapping: string } => ({
  manifest: `
id: test-push
vendor: test
version: 1.0.0
contractVersion: '1'
domain: property
kind: replicating
connector: file
streams:
  - name: people
    mode: push
    key: [no]
    graceScans: 0
    push: {form: ${form}, ${form === 'hcgov' ? 'types: [ADD_OWNER, EDIT_OWNER]' : 'fields: {eventType: type}'}}
    reconcile: {every: P1D}
    file: {pattern: 'people_*.jsonl', format: jsonl, encoding: utf-8, marker: .ok, markerRows: true}
`,
  mapping: `
contractVersion: '1'
adapter: test-push
version: 1.0.0
streams:
  people:
    deletedWhen: {path: eventType, equals: person.deleted}
    defaultArea: '990101'
    records:
      - entity: Person
        personKey: no
        fields:
          name: {from: name, as: name}
          idNumber: {from: id, as: citizenId}
          sex: {from: sex, codes: sex}
          mobile: {from: phone, as: phone}
`,
});

const adapter = (form: string): LoadedAdapter<AdapterManifest & Record<string, unknown>> => {
  const { manifest, mapping } = pushAdapter(form);
  return parseAdapter<AdapterManifest & Record<string, unknown>>(Buffer.from(manifest), Buffer.from(mapping));
};

export interface PushBench extends SyncBench {
  url: string;
  refusals: { code: string; status: number }[];
  /** Adds a source whose stream `people` is pushed. */
  pushed(id: string, form?: 'cloudevents' | 'hcgov'): Promise<void>;
  /** Takes what waits until nothing does. @returns the results of the runs. */
  take(): Promise<RunResult[]>;
  waiting(): Promise<number>;
  live(id: string): Promise<Record<string, unknown>[]>;
}

/** A real HTTP server before a real database; runs are executed when a test says so. */
export async function pushBench(options: Parameters<typeof syncBench>[0] = {}): Promise<PushBench> {
  const bench = await syncBench(options);
  const refusals: PushBench['refusals'] = [];
  const desk = new PushDesk(bench.db.database, bench.keyring, systemClock);
  const handle = pushHandler(
    desk,
    (facts) => refusals.push(facts),
    () => 'en',
  );
  const server: Server = createServer((request, response) => void handle(request, response, () => response.end()));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const worker = bench.db.database;
  return {
    ...bench,
    url,
    refusals,
    async pushed(id, form = 'cloudevents') {
      const directory = join(bench.db.home, `drop-${id}`);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, '.keep'), '');
      await worker.withContext('worker', { actor: 'test' }, (tx) =>
        addSource(tx, bench.keyring, {
          id,
          adapter: adapter(form),
          settings: { directory },
          secrets: form === 'hcgov' ? { securityCode: CODE } : { hmac: HMAC },
          demo: false,
          scheduleSeconds: null,
          actor: 'test',
        }),
      );
    },
    async take() {
      const results: RunResult[] = [];
      for (;;) {
        const runs = await worker.withContext('worker', { actor: 'test' }, async (tx) => {
          await openPushRuns(tx);
          return tx.query<{ id: number }>(
            `SELECT id FROM control.sync_run WHERE mode = 'push' AND state IN ('QUEUED', 'RUNNING') ORDER BY id`,
          );
        });
        if (runs.rows.length === 0) return results;
        for (const { id } of runs.rows) results.push(await runStream(bench.engine, id, new AbortController().signal));
        if (results.at(-1) === 'BUSY') return results;
      }
    },
    waiting: async () => (await bench.db.admin<{ n: number }>(`SELECT count(*)::int AS n FROM data.push_inbox`))[0]!.n,
    live: (id) =>
      bench.db.admin(
        `SELECT p.key, p.name, p.mobile FROM data.person p JOIN control.stream s ON s.id = p.stream
         WHERE s.source = $1 AND gone_run IS NULL ORDER BY key`,
        [id],
      ),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await bench.close();
    },
  };
}

export interface TestEvent {
  id: string;
  type?: string;
  time?: string;
  data: PersonLine;
}

export const cloudEvent = ({ type = 'person.changed', ...event }: TestEvent) => ({
  specversion: '1.0',
  source: '/estate/1',
  type,
  ...event,
});

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

/** Signs and sends one event, or several as a batch. */
export function send(
  url: string,
  events: TestEvent | TestEvent[],
  { secret = HMAC, at = Math.floor(Date.now() / 1000) }: { secret?: string; at?: number } = {},
): Promise<Response> {
  const body = JSON.stringify(Array.isArray(events) ? events.map(cloudEvent) : cloudEvent(events));
  const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': Array.isArray(events) ? BATCH : STRUCTURED,
      'x-isthmus-timestamp': String(at),
      'x-isthmus-signature': `sha256=${signature}`,
    },
    body,
  });
}

/** Sends as MicroCommunity does; `space` is white space within the body, which the signature covers. */
export function sendHcGov(
  url: string,
  message: { serviceCode: string; tranId: string; reqTime: string; body: object },
  { code = CODE, space = '' } = {},
): Promise<Response> {
  const { serviceCode, tranId, reqTime } = message;
  const body = JSON.stringify(message.body, null, space);
  const sign = createHash('md5').update(`${tranId}${reqTime}${body}${code}`).digest('hex');
  const header = JSON.stringify({ serviceCode, extCommunityId: 'E1', tranId, reqTime, sign });
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"header":${header},"body":${body}}`,
  });
}
