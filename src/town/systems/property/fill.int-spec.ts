import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres, type RunningPostgres } from '../../../platform/embedded-postgres/index.js';
import { Town } from '../../generator/town.js';
import { truthOf } from '../../generator/truth.js';
import { copyCell } from './copy-in.js';
import { createDatabase, DATABASE, fillDatabase, READER } from './fill.js';

describe("the property company's database", () => {
  const home = mkdtempSync(join(tmpdir(), 'isthmus-property-'));
  const town = new Town({ seed: 1, people: 1500 });
  let server: RunningPostgres;
  let reader: pg.Client;
  beforeAll(async () => {
    server = await startPostgres({
      dataDir: join(home, 'pg'),
      password: 'owner',
      settings: { shared_buffers: '32MB' },
    });
    await createDatabase(server.url(), 'half');
    // A start that was interrupted: everything is made again.
    await createDatabase(server.url(), "it's a reader");
    await fillDatabase(server.url(DATABASE), town);
    const { port } = server;
    reader = new pg.Client({ host: '127.0.0.1', port, user: READER, password: "it's a reader", database: DATABASE });
    await reader.connect();
  });
  afterAll(async () => {
    await reader.end();
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  });
  const one = async (sql: string): Promise<number> =>
    Number(Object.values((await reader.query(sql)).rows[0] as object)[0]);

  it('holds every room below its unit, building and community', async () => {
    const joined = `SELECT count(*) FROM building_room r JOIN building_unit u USING (unit_id)
      JOIN f_floor f USING (floor_id) JOIN s_community c ON c.community_id = f.community_id
      WHERE r.community_id = c.community_id AND r.status_cd = '0'`;
    expect(await one(joined)).toBe(town.dwellings);
    expect(await one("SELECT count(*) FROM t_dict WHERE table_name = 'building_room'")).toBeGreaterThan(10);
  });

  it('joins relations by member_id, whatever the column is called', async () => {
    const relations = await one('SELECT count(*) FROM building_owner_room_rel');
    const joined = `FROM building_owner_room_rel x JOIN building_owner o ON o.member_id = x.owner_id JOIN building_room r USING (room_id)`;
    expect(await one(`SELECT count(*) ${joined}`)).toBe(relations);
    expect(await one(`SELECT count(*) ${joined} WHERE x.end_time = '2037-01-01'`)).toBeGreaterThan(relations / 2);
  });

  it('knows the people of the truth, companies, virtual owners and softly deleted rows', async () => {
    const people = await reader.query<{ member_id: string }>(
      "SELECT member_id FROM building_owner WHERE status_cd = '0' AND person_type = 'P' AND owner_flag = 'T' ORDER BY 1",
    );
    const keys = [...truthOf(town)].flatMap((p) => p.records.filter((r) => r.source === 'property').map((r) => r.key));
    expect(people.rows.map((row) => row.member_id)).toEqual(keys.sort());
    expect(
      await one("SELECT count(*) FROM building_owner WHERE person_type = 'C' AND id_card ~ '^91990101'"),
    ).toBeGreaterThan(3);
    expect(await one("SELECT count(*) FROM building_owner WHERE owner_flag = 'F'")).toBeGreaterThan(0);
    expect(await one("SELECT count(*) FROM building_owner WHERE status_cd = '1'")).toBeGreaterThan(3);
    expect(await one("SELECT count(*) FROM building_owner WHERE sex NOT IN ('0', '1')")).toBeLessThan(
      keys.length / 100,
    );
  });

  it('lets the gateway read and nothing else', async () => {
    await expect(reader.query("UPDATE building_owner SET name = 'x'")).rejects.toMatchObject({ code: '25006' });
    await reader.query('SET default_transaction_read_only = off');
    await expect(reader.query("UPDATE building_owner SET name = 'x'")).rejects.toMatchObject({ code: '42501' });
  });

  it('escapes COPY cells', () => {
    expect(copyCell('a\tb\\c\n')).toBe('a\\tb\\\\c\\n');
    expect(copyCell(null)).toBe('\\N');
  });
});
