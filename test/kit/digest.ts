import { createHash } from 'node:crypto';
import { ENTITIES } from '../../src/standard/index.js';

export type Admin = <T extends Record<string, unknown>>(sql: string, params?: unknown[]) => Promise<T[]>;

/**
 * What a database holds, told apart from how it came there: equal for equal content under equal keys, whatever the
 * ids, runs and times. Reads the tables itself, so that it can judge the program's own digests.
 */
export interface StoreDigest {
  /** Every typed row of a source's streams, live or gone, with its history's length. */
  sources: Record<string, string>;
  /** Sets of source keys that are one resident. */
  clusters: string;
  /** Golden fields with the rows they were chosen from, per cluster. */
  golden: string;
}

/** Columns that say when and how often something was written; sealed values differ by nonce and are compared by index. */
const INCIDENTAL = ['n', 'version', 'run', 'recorded_at', 'gone_run', 'stream'];

export async function storeDigest(admin: Admin): Promise<StoreDigest> {
  const sources: Record<string, string> = {};
  for (const { id } of await admin<{ id: string }>('SELECT id FROM control.source ORDER BY id'))
    sources[id] = await sourceDigest(admin, id);
  return { sources, clusters: await clusterDigest(admin), golden: await goldenDigest(admin) };
}

/** Rows of one source; streams are named, so equal content of two sources gives equal digests. */
export async function sourceDigest(admin: Admin, source: string): Promise<string> {
  const parts: string[] = [];
  for (const { table, fields } of Object.values(ENTITIES)) {
    const dropped = [...INCIDENTAL, ...fields.filter((f) => f.type === 'identifier').map((f) => `${f.column}_sealed`)];
    const [row] = await admin<{ rows: string | null; history: number }>(
      `SELECT (SELECT md5(string_agg(line, '' ORDER BY name, key, part)) FROM (
           SELECT s.name, t.key, t.part, md5(regexp_replace((to_jsonb(t) - $2::text[])::text, '=K[0-9]+', '=K', 'g') || (t.gone_run IS NULL)::text) AS line
           FROM data.${table} t JOIN control.stream s ON s.id = t.stream WHERE s.source = $1) l) AS rows,
         (SELECT count(*)::int FROM data.${table}_version v JOIN control.stream s ON s.id = v.stream WHERE s.source = $1) AS history`,
      [source, dropped],
    );
    parts.push(`${table} ${row!.rows} ${row!.history}`);
  }
  return digestOf(parts);
}

const CLUSTERS = `SELECT resident, string_agg(source || '\u001f' || person_key, '\u001e' ORDER BY source, person_key) AS cluster
  FROM data.resident_member GROUP BY resident`;

export async function clusterDigest(admin: Admin): Promise<string> {
  const [row] = await admin<{ digest: string | null }>(
    `SELECT md5(string_agg(md5(cluster), '' ORDER BY cluster COLLATE "C")) AS digest FROM (${CLUSTERS}) c`,
  );
  return row!.digest ?? '';
}

export async function goldenDigest(admin: Admin): Promise<string> {
  const [row] = await admin<{ digest: string | null }>(
    `SELECT md5(string_agg(md5(cluster || line), '' ORDER BY cluster COLLATE "C")) AS digest FROM (
       SELECT c.cluster, coalesce(regexp_replace((to_jsonb(r) - '{id,recorded_at,run,provenance,id_number_stream}'::text[])::text, '=K[0-9]+', '=K', 'g'), '')
         || coalesce((SELECT jsonb_object_agg(field, chosen - 3 - 0 || jsonb_build_array(s.source, s.name))::text
             FROM jsonb_each(r.provenance) p(field, chosen) JOIN control.stream s ON s.id = (chosen ->> 0)::int), '') AS line
       FROM (${CLUSTERS}) c LEFT JOIN data.resident r ON r.id = c.resident) g`,
  );
  return row!.digest ?? '';
}

const digestOf = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32);
