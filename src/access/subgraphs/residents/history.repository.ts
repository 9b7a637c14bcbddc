import type { Operation } from '../shared/operation.js';

export interface ResidentEvent {
  at: Date;
  event: 'CREATED' | 'MERGED' | 'SPLIT' | 'MEMBER_JOINED' | 'MEMBER_LEFT' | 'LINK_UNDONE' | 'REVIEW_DECIDED';
  run: number | null;
  /** Rule of the link, or what was decided. */
  rule: string | null;
  source: string | null;
  otherResident: string | null;
}

type Row = ResidentEvent & { resident: string };

/**
 * Members say when they joined, the history of moves says who left (and since when he had been there), orders say what
 * people decided. Many members may move at once: that is one merge or split.
 */
const EVENTS = `
  WITH asked AS (SELECT unnest($1::uuid[]) AS id),
  moves AS (SELECT h.*, a.id AS resident FROM asked a JOIN data.resident_history h ON h.resident_from = a.id OR h.resident_to = a.id)
  SELECT resident, at, 'MEMBER_JOINED' AS event, run, rule, source, other AS "otherResident" FROM (
    SELECT m.resident, m.linked_at AS at, m.run, m.rule, m.source, NULL::uuid AS other
      FROM asked a JOIN data.resident_member m ON m.resident = a.id
    UNION ALL SELECT resident, joined_at, joined_run, joined_rule, source, NULL FROM moves
      WHERE resident_from = resident AND joined_at IS NOT NULL) joined
  UNION ALL SELECT resident, at, 'MEMBER_LEFT', run, NULL, source, resident_to FROM moves WHERE resident_from = resident
  UNION ALL SELECT DISTINCT resident, at, CASE kind WHEN 'merge' THEN 'MERGED' ELSE 'SPLIT' END, run, NULL, NULL::text,
      CASE resident WHEN resident_from THEN resident_to ELSE resident_from END
    FROM moves WHERE kind IN ('merge', 'split')
  UNION ALL SELECT a.id, o.at, CASE o.kind WHEN 'undo' THEN 'LINK_UNDONE' ELSE 'REVIEW_DECIDED' END, NULL, o.verdict, o.source,
      CASE WHEN cardinality(o.residents) = 2 THEN (array_remove(o.residents, a.id))[1] END
    FROM asked a JOIN data.link_order o ON o.residents @> ARRAY[a.id]`;

/** What became of residents, oldest first. Only where the plan hides no source's records: see `hiddenOrigins`. */
export async function historyOf(operation: Operation, residents: string[]): Promise<Map<string, ResidentEvent[]>> {
  const rows = await operation.prepared<Row>(EVENTS, [residents]);
  const found = new Map<string, ResidentEvent[]>();
  for (const id of residents) {
    const events = rows.flatMap(({ resident, ...event }) => (resident === id ? [event] : [])).sort(byTime);
    const joined = events.find(({ event }) => event === 'MEMBER_JOINED');
    const created: ResidentEvent = {
      ...{ at: timeOf(id), event: 'CREATED', run: joined?.run ?? null },
      ...{ rule: null, source: null, otherResident: null },
    };
    found.set(id, [created, ...events]);
  }
  return found;
}

const ORDER = ['CREATED', 'LINK_UNDONE', 'REVIEW_DECIDED', 'MERGED', 'SPLIT', 'MEMBER_LEFT', 'MEMBER_JOINED'];
const byTime = (a: ResidentEvent, b: ResidentEvent): number =>
  a.at.getTime() - b.at.getTime() ||
  ORDER.indexOf(a.event) - ORDER.indexOf(b.event) ||
  (a.source ?? '').localeCompare(b.source ?? '');

/** A UUIDv7 begins with the milliseconds of its making. */
const timeOf = (id: string): Date => new Date(parseInt(id.replaceAll('-', '').slice(0, 12), 16));
