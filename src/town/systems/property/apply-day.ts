import type { Client } from 'pg';
import { liveDays, type Changes } from '../../days/index.js';
import { communityRow, entryUnits, roomOn, type EntryRows } from '../../days/property-rows.js';
import type { Town } from '../../generator/index.js';
import { roomKey } from '../../generator/property-plan.js';
import { CLERK, nullable } from './fill.js';

type Row = Record<string, string | null>;

/** The town's own note in the vendor's database: which day its tables stand on. Readers do not see it. */
const CLOCK = 'CREATE SCHEMA IF NOT EXISTS town; CREATE TABLE IF NOT EXISTS town.clock (day integer NOT NULL)';

export async function dayOfTables(client: Client): Promise<number> {
  await client.query(CLOCK);
  const { rows } = await client.query<{ day: number }>('SELECT day FROM town.clock');
  return rows[0]?.day ?? 0;
}

/**
 * Brings the tables from the day on which they stand to another one, as the vendor's clerks would: rows are inserted,
 * edited in place, marked as deleted or really deleted. All of it, and the note of the day, is one transaction.
 *
 * @returns rows that were written.
 */
export async function applyDay(client: Client, town: Town, after: Changes): Promise<number> {
  const day = await dayOfTables(client);
  if (day === after.day) return 0;
  const before = liveDays(town, day);
  const writer = new Writer(client);
  await client.query('BEGIN');
  try {
    for (let estate = 0; estate < town.geography.estates; estate++) {
      const rows = [before, after].map((changes) => communityRow(town, estate, changes));
      await writer.edit('s_community', 'community_id', rows[0]!, rows[1]!);
    }
    for (const slot of new Set([...before.rooms.keys(), ...after.rooms.keys()])) {
      const [was, is] = [before, after].map((changes) => ({ ...roomOn(town, slot, changes), room_id: roomKey(slot) }));
      await writer.edit('building_room', 'room_id', was!, is!);
    }
    for (const [was, is] of entryUnits(town, [before, after])) {
      if (was !== is) await writeEntry(writer, was!, is!);
    }
    await client.query('DELETE FROM town.clock');
    await client.query('INSERT INTO town.clock VALUES ($1)', [after.day]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  return writer.count;
}

async function writeEntry(writer: Writer, was: EntryRows | null, is: EntryRows | null): Promise<void> {
  await writer.change('building_owner', 'member_id', was && nullable(was.owner), is && nullable(is.owner));
  const of = (entry: EntryRows | null): Map<string, Row> =>
    new Map(entry?.relations.map((row) => [row.rel_id, { ...row }]));
  const [before, after] = [of(was), of(is)];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(key) ?? null, after.get(key) ?? null];
    await writer.change('building_owner_room_rel', 'rel_id', old, now);
  }
}

class Writer {
  count = 0;

  constructor(private readonly client: Client) {}

  change(table: string, key: string, was: Row | null, is: Row | null): Promise<void> {
    if (was !== null && is !== null) return this.edit(table, key, was, is);
    if (is !== null) return this.run(...insertion(table, { ...is, ...CLERK }));
    if (was !== null) return this.run(`DELETE FROM ${table} WHERE ${key} = $1`, [was[key]!]);
    return Promise.resolve();
  }

  async edit(table: string, key: string, was: Row, is: Row): Promise<void> {
    const columns = Object.keys(is).filter((column) => was[column] !== is[column]);
    if (columns.length === 0) return;
    const set = columns.map((column, at) => `${column} = $${at + 2}`).join(', ');
    await this.run(`UPDATE ${table} SET ${set} WHERE ${key} = $1`, [is[key]!, ...columns.map((column) => is[column]!)]);
  }

  private async run(sql: string, values: (string | null)[]): Promise<void> {
    const { rowCount } = await this.client.query(sql, values);
    if (rowCount !== 1)
      throw new Error(`the tables do not stand where their note says: ${sql.split(' ')[0]} hit ${rowCount} rows`);
    this.count += 1;
  }
}

function insertion(table: string, row: Row): [string, (string | null)[]] {
  const columns = Object.keys(row);
  const places = columns.map((_, at) => `$${at + 1}`).join(', ');
  return [`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`, Object.values(row)];
}
