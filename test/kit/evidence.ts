import type { TestDatabase } from './postgres.js';

/** An evidence row's body, as far as tests look at it. */
export interface EvidenceRow {
  code: string;
  decision: string;
  actor: string;
  unit: string | null;
  person: string | null;
  purpose: string | null;
  caseNo: string | null;
  policyVersion: string | null;
  operation: string;
  operationHash: string | null;
  phase: number;
  reason: string | null;
  sources: string[];
  fields: string[];
  withheld: string[];
  masked: string[];
  unavailable: string[];
  subjects: string[];
}

const LISTS = ['fields', 'withheld', 'masked', 'unavailable', 'subjects'] as const;
const WORDS = ['code', 'unit', 'person', 'purpose', 'caseNo', 'policyVersion', 'operation', 'operationHash'] as const;
type Said = Record<(typeof LISTS)[number] | (typeof WORDS)[number], string[]>;

export interface EvidenceUnion {
  /** Every row of the operation, whichever process wrote it, oldest first. */
  rows: EvidenceRow[];
  /** What the rows say together: distinct values, sorted. */
  said: Said;
}

/** Everything the ledger holds about one operation. */
export async function evidenceOf(db: TestDatabase, operationId: string): Promise<EvidenceUnion> {
  const found = await db.admin<{ body: Partial<EvidenceRow> }>(
    `SELECT convert_from(body, 'UTF8')::jsonb AS body FROM ledger.event
     WHERE convert_from(body, 'UTF8')::jsonb ->> 'operationId' = $1 ORDER BY at, id`,
    [operationId],
  );
  const rows = found.map(({ body }) => ({ ...EMPTY, ...body }) as EvidenceRow);
  const said = Object.fromEntries([
    ...LISTS.map((name) => [name, distinct(rows.flatMap((row) => row[name]))]),
    ...WORDS.map((name) => [name, distinct(rows.map((row) => row[name] ?? '—'))]),
  ]) as Said;
  return { rows, said };
}

const EMPTY = { reason: null, sources: [], fields: [], withheld: [], masked: [], unavailable: [], subjects: [] };
const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();
