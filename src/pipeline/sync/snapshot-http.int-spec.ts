import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { peopleAdapter } from '../../../test/kit/people-adapter.js';
import { syncBench, syntheticPeople, type SyncBench } from '../../../test/kit/sync-bench.js';
import type { AdapterManifest } from '../adapter-kit/index.js';
import { parseAdapter } from '../conform/index.js';
import { addSource } from './index.js';

/** The people of the test adapter, asked for over HTTP page by page. */
const overHttp = () => {
  const file = peopleAdapter();
  const manifest = String(file.manifestBytes)
    .replace('connector: file', 'connector: http')
    .replace(/ {4}file: .*\n/, '    http: {path: /people, paging: {totalHeader: X-Total-Count}}\n')
    .replace('streams:', 'limits: {pageSize: 5}\nstreams:');
  return parseAdapter<AdapterManifest & Record<string, unknown>>(Buffer.from(manifest), file.mappingBytes);
};

describe('a snapshot over HTTP', () => {
  let bench: SyncBench;
  const people = syntheticPeople(15);
  /** What the service has, says it has, and gives at an offset. */
  let service = { rows: people, total: 15, cut: 15 };
  const server = createServer((request, response) => {
    const query = new URL(request.url!, 'http://x').searchParams;
    const [offset, limit] = [Number(query.get('offset') ?? 0), Number(query.get('limit') ?? 5)];
    const page = service.rows.slice(offset, Math.min(offset + limit, service.cut));
    response.writeHead(200, { 'X-Total-Count': String(service.total) }).end(JSON.stringify(page));
  });
  beforeAll(async () => {
    bench = await syncBench();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await bench.db.database.withContext('worker', { actor: 'test' }, (tx) =>
      addSource(tx, bench.keyring, {
        ...{ id: 'web', adapter: overHttp(), settings: { baseUrl }, secrets: { token: 't' } },
        ...{ demo: false, scheduleSeconds: null, actor: 'test' },
      }),
    );
    expect((await bench.sync('web')).row).toMatchObject({ state: 'SUCCEEDED', created: '15', balanced: true });
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await bench.close();
  });
  const live = async (): Promise<number> =>
    (await bench.db.admin<{ n: number }>(`SELECT count(*)::int AS n FROM data.person WHERE gone_run IS NULL`))[0]!.n;

  it.each([
    ['gives fewer records than the total it states', { rows: people.slice(0, 13), total: 15, cut: 13 }],
    ['gives an empty page in the middle', { rows: people, total: 15, cut: 5 }],
    ['states a total and gives nothing', { rows: [], total: 15, cut: 0 }],
    ['states no records and gives none', { rows: [], total: 0, cut: 0 }],
  ])('deletes nothing when the service %s', async (_what, given) => {
    service = given;
    const { row } = await bench.sync('web');
    expect(row['state']).not.toBe('SUCCEEDED');
    expect(row).toMatchObject({ origin: 'source', deleted_by_absence: '0' });
    expect(await live()).toBe(15);
    await bench.db.admin(`UPDATE control.sync_run SET state = 'CANCELLED', ended_at = now() WHERE state = 'QUEUED'`);
  });

  it('deletes what is gone when count and pages agree', async () => {
    service = { rows: people.slice(0, 13), total: 13, cut: 13 };
    expect((await bench.sync('web')).row).toMatchObject({
      state: 'SUCCEEDED',
      deleted_by_absence: '2',
      balanced: true,
    });
    expect(await live()).toBe(13);
  });
});
