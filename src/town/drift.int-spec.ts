import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { TownFile } from './cli/town-file.js';
import { hasTaken } from './cli/taken.js';
import { readFaults, writeFaults } from './faults/fault-book.js';
import { DRIFTS, FAULTS, type Fault } from './faults/kinds.js';
import { homeAt, SYSTEMS, type SystemName } from './home.js';
import { RunningTown } from './testing/running-town.js';

type Row = Record<string, unknown>;

describe('what drifts and breaks in the data of a running town', () => {
  let town: RunningTown;
  let file: TownFile;
  beforeAll(async () => {
    town = new RunningTown();
    town.launch('--people', '150', '--seed', '5');
    file = await town.answering();
  });
  afterAll(() => town.clear());
  const order = async (...kinds: Pick<Fault, 'source' | 'kind' | 'stream' | 'until'>[]): Promise<void> => {
    const home = homeAt(town.dir);
    const id = readFaults(home).version + 1;
    const faults = kinds.map((one) => ({ id, after: 0, ms: 0, seconds: 0, code: '', ...one }));
    const version = writeFaults(home, faults);
    await hasTaken(home, SYSTEMS, (applied) => applied.faults >= version);
  };
  /** What `look` gives while the fault is in force; afterwards it must be as it was. */
  const during = async <T>(
    [source, kind, stream]: [SystemName, string, string?],
    look: () => T | Promise<T>,
  ): Promise<T> => {
    const before = await look();
    await order({ source, kind, ...(stream === undefined ? {} : { stream }) });
    const found = await look();
    await order();
    expect(await look()).toEqual(before);
    return found;
  };
  const settings = (source: keyof TownFile['sources']): Record<string, string> =>
    file.sources[source].settings as Record<string, string>;
  const table = async (name: string, order: string): Promise<Row[]> => {
    const { host, port, user, password, database } = settings('property');
    const client = new pg.Client({ host, port: Number(port), user, password, database });
    await client.connect();
    try {
      return (await client.query<Row>(`SELECT * FROM ${name} ORDER BY ${order} LIMIT 5`)).rows;
    } finally {
      await client.end();
    }
  };
  const rooms = (): Promise<Row[]> => table('building_room', 'room_id');
  const drop = (name: string): string => join(settings('police')['directory']!, name);
  const RESIDENTS = 'CZRKJBXXB_20261101.csv';
  const bytes = (): Buffer => readFileSync(drop(RESIDENTS));
  const lines = (): string[] => new TextDecoder('gb18030', { fatal: true }).decode(bytes()).split('\r\n');
  const people = async (): Promise<Row[]> => {
    const url = `${settings('telecom')['baseUrl']}/party/v4/individual?limit=3`;
    const headers = { authorization: `Bearer ${settings('telecom')['token']}`, connection: 'close' };
    return (await (await fetch(url, { headers })).json()) as Row[];
  };
  const operations = async (): Promise<string> => {
    const { marryEndpoint, userId, passWord } = settings('civil');
    const times = '<beginTime>2025-11-01 00:00:00</beginTime><endTime>2026-10-31 00:00:00</endTime>';
    const body =
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><getMarryInfoByTime>' +
      `<userId>${userId}</userId><passWord>${passWord}</passWord>${times}</getMarryInfoByTime></s:Body></s:Envelope>`;
    return (await fetch(marryEndpoint!, { method: 'POST', body, headers: { connection: 'close' } })).text();
  };

  it('has the twelve drifts, each in a source or more', () => {
    expect(DRIFTS).toHaveLength(12);
    expect(DRIFTS.filter((drift) => (FAULTS[drift]?.systems.length ?? 0) > 0)).toHaveLength(12);
  });

  it.each([
    ['column-removed', (row: Row) => 'room_num' in row, false],
    ['column-renamed', (row: Row) => 'room_num_new' in row && !('room_num' in row), true],
    ['column-added', (row: Row) => row['extra_1'], '1'],
    ['type-changed', (row: Row) => row['status_cd'], false],
    ['unknown-code', (row: Row) => row['state'], 'Z9'],
    ['null-required', (row: Row) => row['room_num'], null],
    ['key-changed', (row: Row) => String(row['room_id']).slice(0, 2), 'N-'],
    ['number-to-string', (row: Row) => String(row['built_up_area']).at(-1), '㎡'],
    ['unit-changed', (row: Row) => Number(row['built_up_area']) > 400_000, true],
  ])('property tables: %s', async (kind, look, wanted) => {
    expect((await during(['property', kind, 'rooms'], rooms)).map(look)).toEqual(Array(5).fill(wanted));
  });

  it('property tables: date-shape', async () => {
    const dates = (): Promise<unknown[]> =>
      table('building_owner_room_rel', 'rel_id').then((rows) => rows.map((row) => row['start_time']));
    expect(
      (await during(['property', 'date-shape'], dates)).every((date) => /^\d\d\/\d\d\/\d{4}$/.test(String(date))),
    ).toBe(true);
  });

  it('property: an expired credential, and a valid one again', async () => {
    await order({ source: 'property', kind: 'credential' });
    await expect(rooms()).rejects.toMatchObject({ code: '28P01' });
    await order();
    expect(await rooms()).toHaveLength(5);
  });

  it.each([
    ['column-removed', (rows: string[]) => !rows[0]!.split(',').includes('xm')],
    ['column-renamed', (rows: string[]) => rows[0]!.split(',').includes('xm_new')],
    ['column-added', (rows: string[]) => rows[0]!.endsWith(',extra_1')],
    ['type-changed', (rows: string[]) => !/,2\d{13},/.test(rows[1]!)],
    ['date-shape', (rows: string[]) => /,\d\d\/\d\d\/\d{4},/.test(rows[1]!)],
    ['unknown-code', (rows: string[]) => rows[1]!.includes(',Z9,')],
    ['null-required', (rows: string[]) => /^\d+,\d+,\d+,[\dX*]+,,/.test(rows[1]!)],
    ['key-changed', (rows: string[]) => rows[1]!.startsWith('N-')],
    ['header-moved', (rows: string[]) => rows[0] === 'CZRKJBXXB 20261101' && rows[1]!.startsWith('rynbid,')],
    ['duplicate-pages', (rows: string[]) => rows[2] === rows[3] && rows[1] !== rows[2]],
  ])('police file: %s', async (kind, holds) => {
    expect(holds(await during(['police', kind], lines))).toBe(true);
  });

  it('police file: backwards, truncated, in another encoding, and a marker without a file', async () => {
    const [before, rows] = [bytes(), lines()];
    const backwards = await during(['police', 'out-of-order', 'residents'], lines);
    expect(backwards.slice(1, -1)).toEqual(rows.slice(1, -1).reverse());
    const short = await during(['police', 'truncated'], bytes);
    expect(short.equals(before.subarray(0, Math.floor(before.length / 2)))).toBe(true);
    const utf8 = await during(['police', 'encoding'], bytes);
    expect(utf8.toString('utf8').split('\r\n')).toEqual(rows);
    const marker = (): boolean[] => [existsSync(drop(RESIDENTS)), existsSync(drop(`${RESIDENTS}.ok`))];
    expect(await during(['police', 'marker-without-file'], marker)).toEqual([false, true]);
  });

  it('a fault that ends by itself leaves a whole delivery', async () => {
    const before = bytes();
    await order({ source: 'police', kind: 'truncated', until: Date.now() + 800 });
    expect(bytes().length).toBeLessThan(before.length);
    const deadline = Date.now() + 20_000;
    while (!(existsSync(drop(`${RESIDENTS}.ok`)) && bytes().equals(before)) && Date.now() < deadline) {
      await new Promise((next) => setTimeout(next, 50));
    }
    expect(bytes().equals(before)).toBe(true);
  });

  it.each([
    ['column-removed', (row: Row) => 'fullName' in row, false],
    ['column-renamed', (row: Row) => 'fullName_new' in row, true],
    ['column-added', (row: Row) => row['extra_1'], '1'],
    ['type-changed', (row: Row) => Array.isArray(row['contactMedium']), false],
    ['date-shape', (row: Row) => /^\d\d\/\d\d\/\d{4}$/.test(String(row['birthDate'])), true],
    ['unknown-code', (row: Row) => row['gender'], 'Z9'],
    ['null-required', (row: Row) => row['fullName'], ''],
    ['key-changed', (row: Row) => String(row['id']).slice(0, 2), 'N-'],
    ['nested-to-string', (row: Row) => typeof row['individualIdentification'], 'string'],
  ])('telecom list: %s', async (kind, look, wanted) => {
    expect((await during(['telecom', kind], people)).map(look)).toEqual(Array(3).fill(wanted));
  });

  it.each([
    ['column-removed', (xml: string) => !xml.includes('CERT_NO')],
    ['column-renamed', (xml: string) => xml.includes('CERT_NO_new')],
    ['unknown-code', (xml: string) => xml.includes('OP_TYPE&gt;Z9')],
    ['date-shape', (xml: string) => /OP_DATE&gt;\d\d\/\d\d\/\d{4}/.test(xml)],
  ])('civil journal: %s', async (kind, holds) => {
    expect(holds(await during(['civil', kind], operations))).toBe(true);
  });

  it('days pass under a drift, and the tables stand on the new day when it ends', async () => {
    await order({ source: 'property', kind: 'column-removed' });
    const { stdout, stderr } = town.run('advance', '--days', '45', '--json');
    expect(stderr).toBe('');
    expect(Object.keys((await table('building_owner', 'member_id'))[0]!)).not.toContain('name');
    await order();
    const { sources } = JSON.parse(stdout) as { sources: Record<string, Record<string, Record<string, number>>> };
    const { live, rejected, deleted, skipped } = sources['property']!['owners']!;
    const rows = await table('(SELECT count(*)::int AS n, count(name)::int AS named FROM building_owner) AS t', 'n');
    const all = live! + rejected! + deleted! + skipped!;
    expect(rows).toEqual([{ n: all, named: all }]);
  });
});
