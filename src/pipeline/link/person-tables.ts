import type { Tx } from '../../platform/database/index.js';

/** Tables whose rows say something about a person that link or unify uses. */
export const PERSON_TABLES = [
  'person',
  'household_registration',
  'household_member',
  'property_occupancy',
  'telecom_subscription',
  'social_assistance',
  'marriage_record',
] as const;
const TABLES = [...PERSON_TABLES, 'dwelling', 'household'] as const;
export type EvidenceTable = (typeof TABLES)[number];
/** `household` rows carry no person and need no history here. */
const WITH_HISTORY = TABLES.filter((table) => table !== 'household');

/** Which streams of one source have rows in which table: most tables of most streams are empty and cost nothing then. */
export interface SourceTables {
  source: string;
  streams: readonly number[];
  /** Streams with rows, live or gone. */
  rows: Readonly<Record<EvidenceTable, readonly number[]>>;
  /** Streams with replaced rows. */
  history: Readonly<Record<string, readonly number[]>>;
}

const streamsIn = (table: string): string =>
  `ARRAY(SELECT s.id FROM control.stream s WHERE s.source = $1 AND EXISTS (SELECT 1 FROM data.${table} t WHERE t.stream = s.id))`;

const QUERY = `SELECT ARRAY(SELECT id FROM control.stream WHERE source = $1) AS streams,
  ${TABLES.map((table) => `${streamsIn(table)} AS ${table}`).join(',\n  ')},
  ${WITH_HISTORY.map((table) => `${streamsIn(`${table}_version`)} AS ${table}_version`).join(',\n  ')}`;

/** One probe of the first key per table and stream. */
export async function sourceTables(tx: Tx, source: string): Promise<SourceTables> {
  const { rows } = await tx.query<Record<string, number[]>>(QUERY, [source]);
  const row = rows[0]!;
  const pick = (names: readonly string[], suffix: string): Record<string, number[]> =>
    Object.fromEntries(names.map((name) => [name, row[name + suffix]!]));
  return {
    source,
    streams: row.streams!,
    rows: pick(TABLES, '') as Record<EvidenceTable, number[]>,
    history: pick(WITH_HISTORY, '_version'),
  };
}
