import type { Client } from 'pg';
import type { Fault } from '../../faults/kinds.js';
import { READER } from './fill.js';

/** Table behind each list, and which of its columns a drift takes hold of. */
const LISTS: Record<
  string,
  { table: string; key: string; required: string; code: string; date?: string; number?: string }
> = {
  rooms: { table: 'building_room', key: 'room_id', required: 'room_num', code: 'state', number: 'built_up_area' },
  owners: { table: 'building_owner', key: 'member_id', required: 'name', code: 'sex' },
  occupancies: {
    table: 'building_owner_room_rel',
    key: 'rel_id',
    required: 'room_id',
    code: 'state',
    date: 'start_time',
  },
};

/** Columns of a view over the table: column → expression; null leaves the column out. */
function expressions(kind: string, list: (typeof LISTS)[string]): Record<string, string | null> | null {
  const { key, required, code, date, number } = list;
  switch (kind) {
    case 'column-removed':
      return { [required]: null };
    case 'column-renamed':
      return { [required]: null, [`${required}_new`]: required };
    case 'column-added':
      return { extra_1: "'1'::text" };
    case 'type-changed':
      return { status_cd: "(status_cd = '1')" };
    case 'date-shape':
      return date === undefined ? null : { [date]: `to_char(${date}, 'DD/MM/YYYY')` };
    case 'unknown-code':
      return { [code]: "'Z9'::text" };
    case 'null-required':
      return { [required]: 'NULL::text' };
    case 'key-changed':
      return { [key]: `'N-' || ${key}` };
    case 'number-to-string':
      return number === undefined ? null : { [number]: `${number} || '㎡'` };
    case 'unit-changed':
      return number === undefined ? null : { [number]: `${number} * 10000` };
    default:
      return null;
  }
}

/** Puts the tables back into the place where readers look for them. */
export async function undoDrift(client: Client): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS town_kept');
  const { rows } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'town_kept'",
  );
  for (const { name } of rows) {
    await client.query(`BEGIN; DROP VIEW public.${name}; ALTER TABLE town_kept.${name} SET SCHEMA public; COMMIT`);
  }
}

/** Shows readers views of the tables as the vendor's next version has them. */
export async function makeDrift(client: Client, faults: readonly Fault[]): Promise<void> {
  for (const [stream, list] of Object.entries(LISTS)) {
    const own = faults.filter((fault) => fault.stream === undefined || fault.stream === stream);
    const changed = Object.assign({}, ...own.map(({ kind }) => expressions(kind, list) ?? {})) as Record<
      string,
      string | null
    >;
    if (Object.keys(changed).length === 0) continue;
    const { table } = list;
    const { rows } = await client.query<{ name: string }>(
      "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position",
      [table],
    );
    const columns = Object.entries({ ...Object.fromEntries(rows.map(({ name }) => [name, name])), ...changed });
    const shown = columns.filter(([, expression]) => expression !== null).map(([name, text]) => `${text} AS ${name}`);
    await client.query(
      `BEGIN; ALTER TABLE public.${table} SET SCHEMA town_kept;
       CREATE VIEW public.${table} AS SELECT ${shown.join(', ')} FROM town_kept.${table};
       GRANT SELECT ON public.${table} TO ${READER}; COMMIT`,
    );
  }
}

/** Lets the reader's password expire, or not; open connections of an expired one end. */
export async function expireReader(client: Client, expired: boolean): Promise<void> {
  await client.query(`ALTER ROLE ${READER} VALID UNTIL '${expired ? '2000-01-01' : 'infinity'}'`);
  if (expired)
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [READER]);
}
