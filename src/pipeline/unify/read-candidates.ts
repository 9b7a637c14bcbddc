import type { Tx } from '../../platform/database/index.js';
import type { SourceTables } from '../link/index.js';
import type { Candidate } from './golden.js';
import { valueColumns, type GoldenField } from './golden-field.js';

export interface Member {
  resident: string;
  source: string;
  personKey: string;
  areas: string[];
}

export async function membersOf(tx: Tx, residents: readonly string[]): Promise<Member[]> {
  const { rows } = await tx.client.query<[string, string, string, string | null]>({
    text: `SELECT m.resident, m.source, m.person_key, n.areas
      FROM unnest($1::uuid[]) r(id)
      CROSS JOIN LATERAL (SELECT resident, source, person_key FROM data.resident_member WHERE resident = r.id OFFSET 0) m
      LEFT JOIN LATERAL (SELECT array_to_string(areas, ',') AS areas FROM data.link_node x
        WHERE x.source = m.source AND x.person_key = m.person_key OFFSET 0) n ON true`,
    values: [residents],
    rowMode: 'array',
  });
  return rows.map(([resident, source, personKey, areas]) => ({
    resident,
    source,
    personKey,
    areas: areas ? areas.split(',') : [],
  }));
}

type Row = [number, number, string, string, number, string, string | null, string | null, ...(string | null)[]];
/** Columns before the field values. */
const HEAD = 8;

/**
 * The live, current Person rows of persons of one source, by the person's place in `personKeys`.
 * World time is the version's date; for monthly assistance the month, for a marriage the date of the operation.
 */
export async function personCandidates(
  tx: Tx,
  tables: SourceTables,
  domain: string,
  fields: readonly GoldenField[],
  personKeys: readonly string[],
): Promise<Candidate[][]> {
  const found: Candidate[][] = personKeys.map(() => []);
  if (tables.rows.person.length === 0) return found;
  const world = ['p.valid_from'];
  if (tables.rows.social_assistance.length > 0)
    world.push(
      `(SELECT a.pay_month FROM data.social_assistance a WHERE a.stream = p.stream AND a.key = p.key ORDER BY a.part LIMIT 1)`,
    );
  if (tables.rows.marriage_record.length > 0)
    world.push(
      `(SELECT a.operation_date::text FROM data.marriage_record a WHERE a.stream = p.stream AND a.key = p.key ORDER BY a.part LIMIT 1)`,
    );
  const { rows } = await tx.client.query<Row>({
    text: `SELECT k.i, t.* FROM (SELECT key, i::int4 FROM unnest($1::text[]) WITH ORDINALITY u(key, i)) k
      CROSS JOIN LATERAL (
        SELECT p.stream, p.key, p.part, p.run, (extract(epoch FROM p.recorded_at) * 1000)::int8, p.states,
          coalesce(${world.join(', ')}), ${valueColumns(fields, 'p')}
        FROM data.person p WHERE p.stream = ANY($2) AND p.person_key = k.key AND p.gone_run IS NULL AND p.current OFFSET 0) t`,
    values: [personKeys, tables.rows.person],
    rowMode: 'array',
  });
  for (const row of rows) found[row[0] - 1]!.push(candidate(row, tables.source, domain));
  return found;
}

const candidate = (row: Row, source: string, domain: string): Candidate => ({
  source,
  domain,
  stream: row[1],
  key: row[2],
  part: row[3],
  run: row[4],
  worldTime: row[7] ? row[7].replace(/\D/g, '') : '',
  recordedAt: Number(row[5]),
  values: row.slice(HEAD) as (string | null)[],
  states: row[6],
});
