import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AdapterManifest, Page, SourceConnection } from '../../contract.js';
import { openSource } from '../../open-source.js';
import { escapeXml, parseXml } from '../xml.js';

const signal = new AbortController().signal;
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Operations = Record<string, (parameters: Record<string, string>) => string | { status: number; body: string }>;
const calls: [string, Record<string, string>][] = [];

const own = { title: '凭据', description: 'Credential.' };

/** An Axis2-like service: each operation returns a text that holds XML. */
async function source(stream: object, operations: Operations, settings: object = {}): Promise<SourceConnection> {
  calls.length = 0;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const [name, parameters] = Object.entries(
        (parseXml(body) as { Envelope: { Body: Record<string, Record<string, string>> } }).Envelope.Body,
      ).find(([key]) => !key.startsWith('@'))!;
      calls.push([name, parameters]);
      const result = operations[name]!(parameters);
      if (typeof result === 'object') return void response.writeHead(result.status).end(result.body);
      response.end(
        `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><ns:${name}Response xmlns:ns="urn:x"><ns:return>${escapeXml(result)}</ns:return></ns:${name}Response></s:Body></s:Envelope>`,
      );
    });
  });
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  return openSource(
    {
      id: 'test',
      connector: 'soap',
      limits: { pageSize: 2 },
      timeZone: 'Asia/Shanghai',
      settings: { user: own, pass: own },
      streams: [{ name: 's', ...stream }],
    } as unknown as AdapterManifest,
    { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, user: 'u', pass: 'p&<', ...settings },
  );
}
async function pages(connection: SourceConnection, checkpoint: string | null = null): Promise<Page[]> {
  const found: Page[] = [];
  for await (const page of connection.read({ stream: 's', checkpoint, pageSize: 10, signal })) found.push(page);
  return found;
}
const ids = (connection: SourceConnection, found: Page[]): unknown[] =>
  found.flatMap((page) => page.records.map((record) => connection.parse('s', record)['ID']));

const result = {
  embeddedXml: true,
  records: 'R/P',
  total: 'R/TOTAL',
  code: 'R/CODE',
  ok: ['02000'],
  empty: ['01001'],
  auth: ['02002'],
  busy: ['09000'],
  tooMuch: ['01002', '01003'],
};
const parameters = {
  user: '$settings.user',
  pass: '$settings.pass',
  month: '$period',
  start: '$start',
  limit: '$limit',
};
const byPeriod = {
  mode: 'periodReplace',
  key: ['M', 'ID'],
  soap: {
    namespace: 'urn:x',
    operation: 'list',
    parameters,
    result,
    periods: { operation: 'months', values: 'MONTHS/MONTH' },
  },
};
const slice = (rows: { ID: string }[], { start, limit }: Record<string, string>): string =>
  `<R><CODE>02000</CODE><TOTAL>${rows.length}</TOTAL>${rows
    .slice(Number(start), Number(start) + Number(limit))
    .map((row) => `<P><ID>${row.ID}</ID><NAME>张&amp;三</NAME></P>`)
    .join('')}</R>`;

const months: Record<string, { ID: string }[]> = {
  '2026-08': [1, 2, 3].map((n) => ({ ID: `a${n}` })),
  '2026-09': [],
  '2026-10': [{ ID: 'c1' }, { ID: 'c2' }],
};
const civil: Operations = {
  months: ({ pass }) =>
    pass === 'p&<'
      ? `<MONTHS><CODE>02000</CODE>${['2026-10', '2026-08', '2026-09'].map((m) => `<MONTH>${m}</MONTH>`).join('')}</MONTHS>`
      : '<MONTHS><CODE>02002</CODE></MONTHS>',
  list: (given) =>
    months[given['month']!]!.length === 0 ? '<R><CODE>01001</CODE></R>' : slice(months[given['month']!]!, given),
};

describe('soap connector, periods', () => {
  it('delivers period after period and says when one is complete', async () => {
    const connection = await source(byPeriod, civil);
    const whole = await pages(connection);
    expect(ids(connection, whole)).toEqual(['a1', 'a2', 'a3', 'c1', 'c2']);
    expect(whole.map((page) => [page.records.length, page.completedPeriods, page.last])).toEqual([
      [2, undefined, false],
      [1, ['2026-08'], false],
      [0, ['2026-09'], false],
      [2, ['2026-10'], true],
    ]);
    expect(connection.parse('s', whole[0]!.records[0]!)).toEqual({ ID: 'a1', NAME: '张&三' });
    expect(calls[0]).toEqual(['months', { user: 'u', pass: 'p&<' }]);
    for (const [index, page] of whole.slice(0, -1).entries()) {
      const rest = await pages(connection, page.checkpoint);
      expect(ids(connection, rest)).toEqual(ids(connection, whole.slice(index + 1)));
      expect(rest.flatMap((p) => p.completedPeriods ?? [])).toEqual(
        whole.slice(index + 1).flatMap((p) => p.completedPeriods ?? []),
      );
    }
    expect(await connection.check(signal)).toMatchObject({ ok: true });
    expect((await connection.discover(signal))[0]!.fields.map((field) => field.name)).toEqual(['ID', 'NAME']);
  });

  it('gives a broken record apart from its neighbours and reads either form of a record', async () => {
    const broken = slice(months['2026-08']!, { start: '0', limit: '2' }).replace('<NAME>张&amp;三', '<NAME>&x;');
    const list: Operations['list'] = (given) =>
      given['month'] === '2026-08' && given['start'] === '0' ? broken : civil['list']!(given);
    const connection = await source(byPeriod, { ...civil, list });
    const records = (await pages(connection)).flatMap((page) => page.records);
    expect(records).toHaveLength(5);
    expect(() => connection.parse('s', records[0]!)).toThrow('CONNECTOR_RECORD_XML');
    expect(connection.parse('s', records[1]!)).toMatchObject({ ID: 'a2' });
    expect(connection.parse('s', Buffer.from('{"ID":"p"}'))).toEqual({ ID: 'p' });
  });

  it('does not call a period complete that came short', async () => {
    const connection = await source(byPeriod, {
      ...civil,
      list: (given) => slice(months[given['month']!]!, given).replace('<TOTAL>3', '<TOTAL>4'),
    });
    expect((await pages(connection)).flatMap((page) => page.completedPeriods ?? [])).toEqual(['2026-09', '2026-10']);
  });

  const fault = (code: string): { status: number; body: string } => ({
    status: 500,
    body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:${code}</faultcode><faultstring>x</faultstring></s:Fault></s:Body></s:Envelope>`,
  });
  it.each<[string, string, Operations, object]>([
    ['CONNECTOR_AUTH', 'a wrong password in the result', civil, { pass: 'x' }],
    ['CONNECTOR_BUSY', 'a busy code', { ...civil, months: () => '<M><CODE>09000</CODE></M>' }, {}],
    ['CONNECTOR_RESULT_CODE', 'an unknown code', { ...civil, months: () => '<M><CODE>01004</CODE></M>' }, {}],
    ['CONNECTOR_SOAP_FAULT', 'a Client fault', { ...civil, months: () => fault('Client') }, {}],
    ['CONNECTOR_SOAP_FAULT_SERVER', 'a Server fault', { ...civil, months: () => fault('Server') }, {}],
    ['CONNECTOR_BODY', 'a result that is no XML', { ...civil, months: () => 'busy' }, {}],
    ['CONNECTOR_BODY', 'a result with a DOCTYPE', { ...civil, months: () => '<!DOCTYPE a><MONTHS/>' }, {}],
    ['CONNECTOR_BODY', 'a page instead of SOAP', { ...civil, months: () => ({ status: 200, body: '<html>' }) }, {}],
    ['CONNECTOR_NOT_FOUND', '404', { ...civil, months: () => ({ status: 404, body: '' }) }, {}],
  ])('%s for %s', async (code, _what, operations, settings) => {
    const connection = await source(byPeriod, operations, settings);
    await expect(pages(connection)).rejects.toMatchObject({ code });
    expect(await connection.check(signal)).toMatchObject({ ok: false, code });
  });
});

describe('soap connector, windows', () => {
  const stream = {
    mode: 'incremental',
    key: ['ID'],
    soap: {
      operation: 'list',
      parameters: { from: '$begin', to: '$end', start: '$start', limit: '$limit' },
      result,
      window: { from: '2024-01-01 00:00:00', spanDays: 366, overlap: 'P1D' },
    },
  };
  const rows = Array.from({ length: 9 }, (_, i) => ({
    ID: `m${i}`,
    at: `202${4 + (i % 3)}-0${1 + i}-15 12:00:00`,
  })).sort((a, b) => a.at.localeCompare(b.at));
  const inside = ({ from, to }: Record<string, string>): typeof rows =>
    rows.filter((row) => row.at >= from! && row.at <= to!);
  const journal: Operations = {
    list: (given) => (inside(given).length === 0 ? '<R><CODE>01001</CODE></R>' : slice(inside(given), given)),
  };

  it('reads window after window up to now, resumes anywhere, and later goes on with an overlap', async () => {
    const connection = await source(stream, journal);
    const whole = await pages(connection);
    expect(ids(connection, whole)).toEqual(rows.map((row) => row.ID));
    expect(whole.filter((page) => page.last)).toHaveLength(1);
    for (const [index, page] of whole.slice(0, -1).entries()) {
      const rest = ids(connection, await pages(connection, page.checkpoint));
      expect(rest).toEqual(expect.arrayContaining(ids(connection, whole.slice(index + 1))));
    }
    const end = (JSON.parse(whole.at(-1)!.checkpoint) as string[])[0]!;
    await pages(connection, whole.at(-1)!.checkpoint);
    const begin = calls.at(-1)![1]['from']!;
    expect(Date.parse(`${end}Z`) - Date.parse(`${begin}Z`)).toBe(86_400_000);
  });

  it('halves a window that is too long or holds too much', async () => {
    const connection = await source(stream, {
      list: (given) =>
        Date.parse(given['to']!) - Date.parse(given['from']!) > 100 * 86_400_000
          ? '<R><CODE>01002</CODE></R>'
          : inside(given).length > 1
            ? '<R><CODE>01003</CODE></R>'
            : journal['list']!(given),
    });
    expect(new Set(ids(connection, await pages(connection)))).toEqual(new Set(rows.map((row) => row.ID)));
  });

  it('gives up where even a second is too much, and does not pass over a window that came short', async () => {
    const all = await source(stream, { list: () => '<R><CODE>01003</CODE></R>' });
    await expect(pages(all)).rejects.toMatchObject({ code: 'CONNECTOR_WINDOW' });
    const short = await source(stream, {
      list: (given) => slice([{ ID: '1' }], given).replace('<TOTAL>1', '<TOTAL>2'),
    });
    await expect(pages(short)).rejects.toMatchObject({ code: 'CONNECTOR_TOTAL_SHORT' });
  });
});
