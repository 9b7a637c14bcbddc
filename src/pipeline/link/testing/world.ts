import type { Database, Tx } from '../../../platform/database/index.js';
import type { Keyring } from '../../../platform/keys/index.js';
import { nodeName } from '../facts.js';
import type { Person } from './link-all.js';

/** The demo's sources and their domains, each with one stream of persons. */
export const WORLD_SOURCES: Readonly<Record<string, string>> = {
  police: 'police',
  civil: 'civil-affairs',
  telecom: 'telecom',
  property: 'property',
};

/** Streams by source. */
export type Streams = Map<string, number>;

export async function addSources(database: Database, names = Object.entries(WORLD_SOURCES)): Promise<Streams> {
  return database.withContext('worker', { actor: 'test' }, async (tx) => {
    await tx.query(
      `INSERT INTO control.adapter (hash, id, version, mapping_version, manifest, mapping) VALUES ('h', 'a', '1', '1', '', '') ON CONFLICT DO NOTHING`,
    );
    const streams: Streams = new Map();
    for (const [source, domain] of names) {
      await tx.query(`INSERT INTO control.source (id, adapter, adapter_hash, domain) VALUES ($1, 'a', 'h', $2)`, [
        source,
        domain,
      ]);
      const { rows } = await tx.query<{ id: number }>(
        `INSERT INTO control.stream (source, name, mode, entity) VALUES ($1, 'persons', 'full', 'Person') RETURNING id`,
        [source],
      );
      streams.set(source, rows[0]!.id);
    }
    return streams;
  });
}

const SYSTEM = `n, version, run, recorded_at, raw, hash, area`;

/** One page as a sync would commit it: the persons' rows as they are now (null: gone) and one outbox row per stream. */
export async function commitPage(
  database: Database,
  keyring: Keyring,
  streams: Streams,
  page: readonly (Person | { source: string; personKey: string; gone: true })[],
  run = 1,
): Promise<void> {
  await database.withContext('worker', { actor: 'test' }, async (tx) => {
    const changed = new Map<number, string[]>();
    for (const person of page) {
      const stream = streams.get(person.source)!;
      const keys =
        'gone' in person
          ? await remove(tx, stream, person.personKey, run)
          : await put(tx, keyring, stream, person, run);
      changed.set(stream, [...(changed.get(stream) ?? []), ...keys]);
    }
    for (const [stream, keys] of changed)
      await tx.query(
        `INSERT INTO control.change_outbox (stream, run, page, op, keys) VALUES ($1, $2, 1, 'upsert', $3)`,
        [stream, run, keys],
      );
  });
}

async function put(tx: Tx, keyring: Keyring, stream: number, person: Person, run: number): Promise<string[]> {
  const old = await remove(tx, stream, person.personKey, run);
  const rows = Math.max(1, person.names.length, person.births.length, person.phones.length);
  const keys: string[] = [];
  for (let i = 0; i < rows; i++) {
    const key = `${person.personKey}/${i}`;
    keys.push(key);
    const id = i === 0 ? person.ids[0] : undefined;
    await tx.query(
      `INSERT INTO data.person AS p (stream, key, person_key, ${SYSTEM}, name, former_name, birth_date, sex, mobile, id_number_index)
       VALUES ($1, $2, $3, 1, 1, $4, now(), '\\x01', '\\x01', '990101001001', $5, $6, $7, $8, $9, $10)
       ON CONFLICT (stream, key, part) DO UPDATE SET gone_run = NULL, run = excluded.run, name = excluded.name, former_name = excluded.former_name,
         birth_date = excluded.birth_date, sex = excluded.sex, mobile = excluded.mobile, id_number_index = excluded.id_number_index`,
      [
        ...[stream, key, person.personKey, run],
        ...[person.names[i] ?? null, i === 0 ? (person.aliases[0] ?? null) : null, person.births[i] ?? null],
        ...[i === 0 ? (person.sexes[0] ?? null) : null, person.phones[i] ?? null],
        id === undefined ? null : keyring.blindIndex('citizen-id', id),
      ],
    );
  }
  for (const [i, dwelling] of person.dwellings.entries()) {
    const key = `${person.personKey}/home${i}`;
    keys.push(key);
    await tx.query(
      `INSERT INTO data.household_registration (stream, key, person_key, ${SYSTEM}, address_key)
       VALUES ($1, $2, $3, 1, 1, $4, now(), '\\x01', '\\x01', '990101001002', $5)
       ON CONFLICT (stream, key, part) DO UPDATE SET gone_run = NULL, address_key = excluded.address_key`,
      [stream, key, person.personKey, run, dwelling],
    );
  }
  return [...new Set([...old, ...keys])];
}

async function remove(tx: Tx, stream: number, personKey: string, run: number): Promise<string[]> {
  const keys: string[] = [];
  for (const table of ['person', 'household_registration']) {
    const { rows } = await tx.query<{ key: string }>(
      `UPDATE data.${table} SET gone_run = $3, raw = NULL WHERE stream = $1 AND person_key = $2 AND gone_run IS NULL RETURNING key`,
      [stream, personKey, run],
    );
    keys.push(...rows.map((row) => row.key));
  }
  return keys;
}

/** What the database came to, in the form of `linkAll`. */
export async function linked(
  database: Database,
): Promise<{ clusters: string[][]; rules: Map<string, string>; reviews: string[] }> {
  return database.withContext('worker', { actor: 'test' }, async (tx) => {
    const members = await tx.query<{ source: string; person_key: string; resident: string; rule: string }>(
      'SELECT source, person_key, resident, rule FROM data.resident_member',
    );
    const clusters = new Map<string, string[]>();
    const rules = new Map<string, string>();
    for (const row of members.rows) {
      const name = nodeName({ source: row.source, personKey: row.person_key });
      clusters.set(row.resident, [...(clusters.get(row.resident) ?? []), name]);
      rules.set(name, row.rule);
    }
    const reviews = await tx.query<{ reason: string; members: { source: string; personKey: string }[] }>(
      `SELECT reason, members FROM data.review_item WHERE state = 'open'`,
    );
    return {
      clusters: [...clusters.values()].map((list) => list.sort()).sort((a, b) => (a[0]! < b[0]! ? -1 : 1)),
      rules,
      reviews: reviews.rows.map((row) => `${row.reason}: ${row.members.map(nodeName).sort().join(', ')}`).sort(),
    };
  });
}

export async function emptyWorld(admin: (sql: string) => Promise<unknown>): Promise<void> {
  await admin(`TRUNCATE data.person, data.person_version, data.household_registration, data.household_registration_version,
    data.property_occupancy, data.dwelling, data.link_node, data.match_key, data.resident_member,
    data.resident_history, data.review_item, data.link_order, data.link_verdict, data.resident_redirect, data.retired_id, data.conflict, data.resident_area, data.resident, data.resident_version,
    control.change_outbox, control.unify_resident, control.unify_record`);
}
