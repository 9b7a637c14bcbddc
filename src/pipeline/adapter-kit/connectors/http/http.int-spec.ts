import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AdapterManifest, Page, SourceConnection } from '../../contract.js';
import { openSource } from '../../open-source.js';

const signal = new AbortController().signal;
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Handler = (url: URL, request: IncomingMessage, response: ServerResponse) => void;
async function source(handler: Handler, http: object = {}, settings: object = {}): Promise<SourceConnection> {
  server = createServer((request, response) => handler(new URL(request.url!, 'http://x'), request, response));
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  const paging = { totalHeader: 'X-Total-Count' };
  return openSource(
    {
      id: 'test',
      connector: 'http',
      limits: { pageSize: 10 },
      streams: [{ name: 's', mode: 'snapshotDiff', key: ['id'], http: { path: '/things', paging, ...http } }],
    } as unknown as AdapterManifest,
    { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, token: 't', ...settings },
  );
}
async function pages(connection: SourceConnection, checkpoint: string | null = null, pageSize = 10): Promise<Page[]> {
  const found: Page[] = [];
  for await (const page of connection.read({ stream: 's', checkpoint, pageSize, signal })) found.push(page);
  return found;
}
const ids = (connection: SourceConnection, found: Page[]): unknown[] =>
  found.flatMap((page) => page.records.map((record) => connection.parse('s', record)['id']));

const items = Array.from({ length: 25 }, (_, i) => ({ name: `张${i}`, id: String(i) }));
/** A well-behaved list over `list()`, which may change between calls. */
const serve =
  (list: () => object[] = () => items): Handler =>
  (url, request, response) => {
    if (request.headers.authorization !== 'Bearer t') {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"code":"401"}');
      return;
    }
    const offset = Number(url.searchParams.get('offset') ?? 0);
    const limit = Math.min(Number(url.searchParams.get('limit') ?? 100), 10);
    const rows = list();
    const page = rows.slice(offset, offset + limit);
    response
      .writeHead(page.length < rows.length ? 206 : 200, { 'X-Total-Count': String(rows.length) })
      .end(JSON.stringify(page));
  };

describe('http connector', () => {
  it('pages by offset with the total the source states, and resumes from each checkpoint', async () => {
    const connection = await source(serve());
    const whole = await pages(connection);
    expect(whole.map((page) => [page.records.length, page.last, page.expectedTotal])).toEqual([
      [10, false, 25],
      [10, false, 25],
      [5, true, 25],
    ]);
    expect(Buffer.from(whole[0]!.records[0]!).toString()).toBe('{"id":"0","name":"张0"}');
    for (const [index, page] of whole.slice(0, -1).entries())
      expect(ids(connection, await pages(connection, page.checkpoint))).toEqual(
        ids(connection, whole.slice(index + 1)),
      );
    expect(await connection.check(signal)).toMatchObject({ ok: true });
    expect((await connection.discover(signal))[0]!.fields).toEqual([
      { name: 'id', type: 'text' },
      { name: 'name', type: 'text' },
    ]);
  });

  it('accepts fewer items a page than it asked for', async () => {
    const connection = await source(serve());
    expect(ids(connection, await pages(connection, null, 100))).toHaveLength(25);
  });

  it('misses none when rows vanish before the offset while paging', async () => {
    let calls = 0;
    const connection = await source(serve(() => (calls++ === 0 ? items : items.slice(3))));
    const found = await pages(connection);
    expect(new Set(ids(connection, found)).size).toBe(25);
    expect(found.at(-1)!.expectedTotal).toBe(22);
  });

  it('reads nested items, totals in the body, page numbers and a key header', async () => {
    const connection = await source(
      (url, request, response) => {
        const [size, number] = [Number(url.searchParams.get('size')), Number(url.searchParams.get('no'))];
        const rows = items.slice((number - 1) * size, number * size);
        response
          .writeHead(request.headers['x-key'] === 'k' ? 200 : 403)
          .end(JSON.stringify({ data: { rows, count: 25 }, type: url.searchParams.get('type') }));
      },
      {
        items: 'data.rows',
        parameters: { type: 'a' },
        paging: { style: 'page', limitParam: 'size', pageParam: 'no', totalPath: 'data.count' },
      },
      { apiKey: 'k', apiKeyHeader: 'x-key' },
    );
    const whole = await pages(connection);
    expect(ids(connection, whole)).toHaveLength(25);
    expect(ids(connection, await pages(connection, whole[0]!.checkpoint))).toHaveLength(15);
  });

  it('keeps every digit of a long number', async () => {
    const connection = await source((_url, _request, response) => {
      response.setHeader('X-Total-Count', '1');
      response.end('[{"id": 9007199254740993, "text": "[ 12345678901234567 ]", "n": 1.5}]');
    });
    const [page] = await pages(connection);
    expect(connection.parse('s', page!.records[0]!)).toEqual({
      id: '9007199254740993',
      text: '[ 12345678901234567 ]',
      n: 1.5,
    });
  });

  it('waits and asks again when the source says it is busy', async () => {
    let calls = 0;
    const good = serve();
    const connection = await source((url, request, response) => {
      if (++calls === 2) response.writeHead(429, { 'retry-after': '0' }).end();
      else good(url, request, response);
    });
    expect(ids(connection, await pages(connection))).toHaveLength(25);
    expect(calls).toBe(4);
  });

  it('hands a long Retry-After on', async () => {
    const connection = await source((_url, _request, response) =>
      response.writeHead(503, { 'retry-after': '120' }).end(),
    );
    await expect(pages(connection)).rejects.toMatchObject({ code: 'CONNECTOR_BUSY', retryAfterMs: 120_000 });
  });

  it.each<[string, string, Handler, object]>([
    ['CONNECTOR_AUTH', 'a wrong token', serve(), { token: 'x' }],
    ['CONNECTOR_PERMISSION', '403', (_u, _q, r) => void r.writeHead(403).end(), {}],
    ['CONNECTOR_NOT_FOUND', '404', (_u, _q, r) => void r.writeHead(404).end(), {}],
    ['CONNECTOR_REQUEST', '400', (_u, _q, r) => void r.writeHead(400).end(), {}],
    ['CONNECTOR_SERVER', '500', (_u, _q, r) => void r.writeHead(500).end(), {}],
    ['CONNECTOR_REDIRECT', 'a redirect', (_u, _q, r) => void r.writeHead(302, { location: '/login' }).end(), {}],
    ['CONNECTOR_BODY', 'a page instead of JSON', (_u, _q, r) => void r.writeHead(200).end('<html>'), {}],
    ['CONNECTOR_BODY', 'an object instead of a list', (_u, _q, r) => void r.writeHead(200).end('{}'), {}],
    ['CONNECTOR_BODY', 'no total', (_u, _q, r) => void r.writeHead(200).end('[]'), {}],
    ['CONNECTOR_UNREACHABLE', 'a broken connection', (_u, _q, r) => void r.destroy(), {}],
    [
      'CONNECTOR_PAGE_REPEATED',
      'an ignored offset',
      (_u, _q, r) => void r.writeHead(200, { 'X-Total-Count': '25' }).end(JSON.stringify(items.slice(0, 10))),
      {},
    ],
  ])('%s for %s', async (code, _what, handler, settings) => {
    const connection = await source(handler, {}, settings);
    await expect(pages(connection)).rejects.toMatchObject({ code });
    if (code !== 'CONNECTOR_PAGE_REPEATED') expect(await connection.check(signal)).toMatchObject({ ok: false, code });
  });

  it('stops at once when told to', async () => {
    const stop = new AbortController();
    const connection = await source(() => stop.abort());
    const reading = connection
      .read({ stream: 's', checkpoint: null, pageSize: 10, signal: stop.signal })
      [Symbol.asyncIterator]()
      .next();
    await expect(reading).rejects.toThrow(/abort/i);
  });
});
