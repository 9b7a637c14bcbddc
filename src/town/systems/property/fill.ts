import pg, { type Client } from 'pg';
import type { Town } from '../../generator/index.js';
import { estateRows, ownerEntries, roomRow } from '../../generator/property-view.js';
import type { OwnerRow } from '../../generator/property-owners.js';
import { Progress } from '../../progress.js';
import { CopyIn } from './copy-in.js';
import { DICTIONARY, INDEXES, TABLES } from './schema.js';

export const DATABASE = 'hc_community';
export const READER = 'gateway';
/** The clerk who typed everything in. */
export const CLERK = { user_id: '302023010100000001' };

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes an empty database and the reading role; what an interrupted start left is dropped. */
export function createDatabase(superUrl: string, readerPassword: string): Promise<void> {
  return withClient(superUrl, async (client) => {
    const password = client.escapeLiteral(readerPassword);
    await client.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${READER}`);
    await client.query(`CREATE ROLE ${READER} LOGIN PASSWORD ${password}`);
    await client.query(`ALTER ROLE ${READER} SET default_transaction_read_only = on`);
    await client.query(`CREATE DATABASE ${DATABASE}`);
  });
}

async function fillBuildings(client: Client, town: Town): Promise<void> {
  const estates = Array.from({ length: town.geography.estates }, (_, index) =>
    estateRows(town.geography.estate(index)),
  );
  const communities = new CopyIn(client, 's_community');
  for (const { community } of estates) await communities.row({ ...community, map_x: '101.5', map_y: '36.5' });
  await communities.end();
  const floors = new CopyIn(client, 'f_floor');
  for (const estate of estates) for (const floor of estate.floors) await floors.row({ ...floor, ...CLERK });
  await floors.end();
  const units = new CopyIn(client, 'building_unit');
  for (const estate of estates) for (const unit of estate.units) await units.row({ ...unit, ...CLERK });
  await units.end();
}

async function fillRooms(client: Client, town: Town): Promise<void> {
  const progress = new Progress('property', 'rooms', town.dwellings);
  const rooms = new CopyIn(client, 'building_room');
  for (let slot = 0; slot < town.dwellings; slot++) {
    await rooms.row({ ...roomRow(town, slot, slot), ...CLERK });
    progress.tick(slot);
  }
  progress.done(await rooms.end());
}

/** Columns that the vendor leaves NULL rather than empty. */
export const nullable = (row: OwnerRow): Record<string, string | null> => ({
  ...row,
  age: row.age || null,
  address: row.address || null,
  concact_person: row.concact_person || null,
  concact_link: row.concact_link || null,
});

/** Owners and their relations come from one walk through the town, and go in through two connections side by side. */
async function fillOwners(first: Client, second: Client, town: Town): Promise<void> {
  const progress = new Progress('property', 'owners', Math.floor(town.people * 0.74));
  const owners = new CopyIn(first, 'building_owner');
  const relations = new CopyIn(second, 'building_owner_room_rel');
  for (const entry of ownerEntries(town)) {
    await owners.row({ ...nullable(entry.owner), ...CLERK });
    for (const relation of entry.relations) await relations.row({ ...relation, ...CLERK });
    progress.tick(owners.count);
  }
  await relations.end();
  progress.done(await owners.end());
}

async function fillDictionary(client: Client): Promise<void> {
  let id = 0;
  for (const [place, codes] of Object.entries(DICTIONARY)) {
    const [table, column] = place.split('.');
    for (const code of codes.split(' ')) {
      const [value, name] = code.split('=');
      await client.query(
        'INSERT INTO t_dict (id, status_cd, name, table_name, table_columns) VALUES ($1, $2, $3, $4, $5)',
        [(id += 1), value, name, table, column],
      );
    }
  }
}

/** Fills the vendor's database from the town and lets the gateway's user read it. */
export function fillDatabase(databaseUrl: string, town: Town): Promise<void> {
  return withClient(databaseUrl, (first) =>
    withClient(databaseUrl, async (second) => {
      await first.query(TABLES);
      await fillDictionary(first);
      await fillBuildings(first, town);
      await fillRooms(first, town);
      await fillOwners(first, second, town);
      await first.query(INDEXES);
      await first.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${READER}; ANALYZE`);
    }),
  );
}
