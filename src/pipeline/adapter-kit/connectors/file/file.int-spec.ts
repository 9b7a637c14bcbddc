import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AdapterManifest, Page, SourceConnection, SourceRow } from '../../contract.js';
import { openSource } from '../../open-source.js';

const signal = new AbortController().signal;
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'isthmus-file-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let count = 0;
/** A source of one stream over files written just now. */
async function source(
  block: object,
  files: Record<string, Buffer | string>,
  limits: object = {},
): Promise<SourceConnection> {
  const prefix = `t${count++}_`;
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, prefix + name), content);
  const manifest = {
    id: 'test',
    connector: 'file',
    limits,
    streams: [{ name: 's', mode: 'snapshotDiff', key: ['id'], file: { pattern: `${prefix}*.dat`, ...block } }],
  } as unknown as AdapterManifest;
  return openSource(manifest, { directory });
}

async function pages(connection: SourceConnection, pageSize = 2, checkpoint: string | null = null): Promise<Page[]> {
  const found: Page[] = [];
  for await (const page of connection.read({ stream: 's', checkpoint, pageSize, signal })) found.push(page);
  return found;
}
const rows = (connection: SourceConnection, found: Page[]): SourceRow[] =>
  found.flatMap((page) => page.records.map((record) => connection.parse('s', record)));

const people = [
  { id: '1', name: '张伟' },
  { id: '2', name: '𠮷，"o"' },
  { id: '3', name: '两\n行' },
  { id: '4', name: '' },
  { id: '5', name: '王芳' },
];
const cell = (text: string): string => (/["\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csv = ['id,name', ...people.map((p) => `${p.id},${cell(p.name)}`)].join('\r\n') + '\r\n';
const xml = `<?xml version="1.0" encoding="GB18030"?>\n<R>${people.map((p) => `<P><id>${p.id}</id><name>${p.name}</name></P>`).join('\n')}</R>`;

describe.each([
  ['CSV, GB18030, auto', { encoding: 'auto' }, iconv.encode(csv, 'gb18030')],
  ['CSV, UTF-8 with mark, auto', {}, Buffer.from(`\uFEFF${csv}`)],
  ['CSV, no header', { columns: ['id', 'name'] }, csv.slice(csv.indexOf('\n') + 1)],
  ['JSONL', { format: 'jsonl' }, people.map((p) => JSON.stringify(p)).join('\n')],
  ['XML, GB18030', { format: 'xml', recordElement: 'P' }, iconv.encode(xml, 'gb18030')],
])('%s', (_name, block, content) => {
  it('reads each record once and resumes exactly from each checkpoint', async () => {
    const connection = await source(block, { 'a.dat': content });
    const whole = await pages(connection);
    expect(rows(connection, whole)).toEqual(people);
    expect(whole.map((page) => page.last)).toEqual([false, false, true]);
    for (const [index, page] of whole.slice(0, -1).entries()) {
      const rest = await pages(connection, 2, page.checkpoint);
      expect(rows(connection, rest)).toEqual(people.slice((index + 1) * 2));
      expect(rest.flatMap((p) => p.records.map((r) => Buffer.from(r).toString('hex')))).toEqual(
        whole.slice(index + 1).flatMap((p) => p.records.map((r) => Buffer.from(r).toString('hex'))),
      );
    }
    expect((await connection.discover(signal))[0]!.fields.map((field) => field.name)).toEqual(['id', 'name']);
    expect(await connection.check(signal)).toMatchObject({ ok: true });
  });
});

describe('deliveries', () => {
  const marked = { marker: '.ok', markerRows: true };
  it('takes the newest file that has its marker, and its row count', async () => {
    const connection = await source(marked, {
      '1.dat': csv,
      '1.dat.ok': 'rows=5',
      '2.dat': 'id,name\n9,x\n',
      '2.dat.ok': 'rows=1\n',
      '3.dat': 'id,na',
    });
    const found = await pages(connection);
    expect(rows(connection, found)).toEqual([{ id: '9', name: 'x' }]);
    expect(found[0]!.expectedTotal).toBe(1);
  });

  it('says when the last file by name, which is read, is not the one that arrived last', async () => {
    const connection = await source({}, { 'b.dat': 'id,name\n1,x\n', 'a.dat': 'id,name\n2,y\n' });
    expect(await connection.check(signal)).not.toHaveProperty('warnings');
    const prefix = `t${count - 1}_`;
    utimesSync(join(directory, `${prefix}b.dat`), new Date('2026-01-01'), new Date('2026-01-01'));
    expect(await connection.check(signal)).toMatchObject({
      ok: true,
      warnings: [{ code: 'CONNECTOR_LATEST_BY_NAME', params: { taken: `${prefix}b.dat`, newest: `${prefix}a.dat` } }],
    });
    expect(rows(connection, await pages(connection))).toEqual([{ id: '1', name: 'x' }]);
  });

  it('is no whole scan at the row limit of the source', async () => {
    const three = { 'a.dat': 'id,name\n1,x\n2,y\n3,z\n' };
    expect(await pages(await source({}, three, { rowCap: 4 }))).toHaveLength(2);
    for (const rowCap of [2, 3])
      await expect(pages(await source({}, three, { rowCap }))).rejects.toMatchObject({
        code: 'CONNECTOR_ROW_CAP',
        params: { rowCap },
      });
  });

  it('takes each file in turn and later only new ones', async () => {
    const connection = await source(
      { take: 'each' },
      { '1.dat': 'id,name\n1,a\n2,b\n', '2.dat': 'id,name,more\n3,c,x\n' },
    );
    const found = await pages(connection, 2);
    expect(rows(connection, found)).toEqual([
      { id: '1', name: 'a' },
      { id: '2', name: 'b' },
      { id: '3', name: 'c', more: 'x' },
    ]);
    expect(found.map((page) => page.last)).toEqual([false, true]);
    const nothing = await pages(connection, 2, found.at(-1)!.checkpoint);
    expect(nothing).toEqual([{ records: [], checkpoint: found.at(-1)!.checkpoint, last: true }]);
  });

  it('isolates bad records', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id,name\n1,好的\n2,'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('\n3,a,b\n4,"x\n5,好\n'),
    ]);
    const connection = await source({ encoding: 'utf-8' }, { 'a.dat': bytes });
    const records = (await pages(connection, 10))[0]!.records;
    const codes = records.map((record) => {
      try {
        return connection.parse('s', record)['id'];
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    expect(codes).toEqual([
      '1',
      'CONNECTOR_RECORD_ENCODING',
      'CONNECTOR_RECORD_CELLS',
      'CONNECTOR_RECORD_QUOTING',
      '5',
    ]);
  });

  it.each<[string, string, object, Record<string, string | Buffer>]>([
    ['CONNECTOR_FILE_MISSING', 'no file', {}, {}],
    ['CONNECTOR_MARKER_MISSING', 'no marker', marked, { 'a.dat': csv }],
    ['CONNECTOR_MARKER_UNREADABLE', 'a marker without a count', marked, { 'a.dat': csv, 'a.dat.ok': 'done' }],
    ['CONNECTOR_ROW_COUNT', 'another count than the marker', marked, { 'a.dat': csv, 'a.dat.ok': 'rows=6' }],
    ['CONNECTOR_FILE_TRUNCATED', 'CSV cut inside a record', {}, { 'a.dat': 'id,name\n1,a\n2' }],
    ['CONNECTOR_FILE_TRUNCATED', 'JSONL cut inside a record', { format: 'jsonl' }, { 'a.dat': '{"id":1}\n{"id":' }],
    [
      'CONNECTOR_FILE_TRUNCATED',
      'XML without its end',
      { format: 'xml', recordElement: 'P' },
      { 'a.dat': xml.slice(0, -4) },
    ],
    [
      'CONNECTOR_XML',
      'a DOCTYPE',
      { format: 'xml', recordElement: 'P' },
      { 'a.dat': '<!DOCTYPE R [<!ENTITY a "b">]><R/>' },
    ],
    [
      'CONNECTOR_ENCODING',
      'GB18030 declared as UTF-8',
      { encoding: 'utf-8' },
      { 'a.dat': iconv.encode(csv, 'gb18030') },
    ],
    ['CONNECTOR_ENCODING', 'UTF-8 declared as GB18030', { encoding: 'gb18030' }, { 'a.dat': csv + '6,测试小区三栋\n' }],
    ['CONNECTOR_ENCODING', 'UTF-16', {}, { 'a.dat': Buffer.from(`\uFEFF${csv}`, 'utf16le') }],
    ['CONNECTOR_HEADER', 'a repeated column', {}, { 'a.dat': 'id,id\n1,2\n' }],
    ['CONNECTOR_HEADER', 'an empty file', {}, { 'a.dat': '' }],
  ])('%s for %s', async (code, _what, block, files) => {
    const connection = await source(block, files);
    await expect(pages(connection)).rejects.toMatchObject({ code });
  });

  it('tells a late delivery and a missing directory by check', async () => {
    const connection = await source({ expectedEvery: 'P1D' }, { 'a.dat': csv });
    expect(await connection.check(signal)).toMatchObject({ ok: true });
    utimesSync(join(directory, `t${count - 1}_a.dat`), new Date(0), new Date(Date.now() - 25 * 3600_000));
    expect(await connection.check(signal)).toMatchObject({ ok: false, code: 'CONNECTOR_DELIVERY_OVERDUE' });
    const lost = await openSource(
      { id: 'x', connector: 'file', streams: [{ name: 's', file: { pattern: '*' } }] } as unknown as AdapterManifest,
      { directory: join(directory, 'none') },
    );
    expect(await lost.check(signal)).toMatchObject({ ok: false, code: 'CONNECTOR_DIRECTORY' });
  });

  it('refuses to go on in a file that was rewritten', async () => {
    const connection = await source({}, { 'a.dat': csv });
    const [first] = await pages(connection);
    writeFileSync(join(directory, `t${count - 1}_a.dat`), csv + '6,x\r\n');
    await expect(pages(connection, 2, first!.checkpoint)).rejects.toMatchObject({ code: 'CONNECTOR_FILE_CHANGED' });
  });
});
