import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AdapterManifest } from '../../src/pipeline/adapter-kit/index.js';
import { parseAdapter } from '../../src/pipeline/conform/index.js';
import { addSource } from '../../src/pipeline/sync/index.js';
import type { Keyring } from '../../src/platform/keys/index.js';
import type { TestDatabase } from './postgres.js';

/** A list API that counts what it is asked, and can be dead: it takes connections and drops them. */
export interface CountingSource {
  /** Moments of requests, `performance.now()`. */
  readonly asked: number[];
  dead: boolean;
  baseUrl: string;
  close(): Promise<void>;
}

const ROWS = 300;

export async function countingSource(): Promise<CountingSource> {
  const source = { asked: [] as number[], dead: false, baseUrl: '', close: async () => undefined as void };
  const server: Server = createServer((request, response) => {
    source.asked.push(performance.now());
    if (source.dead) return void request.socket.destroy();
    const url = new URL(request.url!, 'http://x');
    const [offset, limit] = [Number(url.searchParams.get('offset')), Number(url.searchParams.get('limit'))];
    const rows = Array.from({ length: Math.max(0, Math.min(limit, ROWS - offset)) }, (_, index) => ({
      id: `${url.pathname.slice(1)}-${offset + index}`,
      name: '测试',
    }));
    response.writeHead(200, { 'X-Total-Count': String(ROWS) }).end(JSON.stringify(rows));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  source.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  source.close = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return source;
}

const STREAMS = ['a', 'b', 'c'];

/** Registers it as a source of three streams, scheduled. */
export async function addCounting(
  db: TestDatabase,
  keyring: Keyring,
  id: string,
  baseUrl: string,
  limits: string,
): Promise<void> {
  const adapter = parseAdapter<AdapterManifest & Record<string, unknown>>(
    Buffer.from(`
id: counting
vendor: test
version: 1.0.0
contractVersion: '1'
domain: telecom
kind: replicating
connector: http
codeMapVersion: '1'
timeZone: Asia/Shanghai
limits: { pageSize: 10, ${limits} }
streams:
${STREAMS.map((name) => `  - { name: ${name}, mode: snapshotDiff, key: [id], levels: [3], http: { path: /${name}, paging: { totalHeader: X-Total-Count } } }`).join('\n')}
`),
    Buffer.from(`
contractVersion: '1'
adapter: counting
version: 1.0.0
streams:
${STREAMS.map((name) => `  ${name}: { defaultArea: '990101', records: [{ entity: Person, personKey: id, fields: { name: { from: name, as: name } } }] }`).join('\n')}
`),
  );
  await db.database.withContext('worker', { actor: 'test' }, (tx) =>
    addSource(tx, keyring, {
      ...{ id, adapter, settings: { baseUrl }, secrets: {}, demo: false, scheduleSeconds: 1, actor: 'test' },
    }),
  );
}
