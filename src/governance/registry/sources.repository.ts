import type { Queryable } from '../identity/index.js';
import type { SourceFacts, StreamFacts } from './source-state.js';

interface Row {
  id: string;
  domain: string;
  suspended: boolean;
  check_state: string | null;
  schedule_seconds: number | null;
  stream: number | null;
  name: string;
  entity: string;
  as_of: Date | null;
  held: boolean;
  last_state: string | null;
  last_origin: string | null;
}

/** Every replicating source that was not removed, with its streams and the last run of each that ended; ordered by id. */
export async function readSources(tx: Queryable): Promise<SourceFacts[]> {
  const { rows } = await tx.query<Row>(
    `SELECT s.id, s.domain, s.suspended, s.check_state, s.schedule_seconds,
            t.id AS stream, t.name, t.entity, t.as_of, c.hold_code IS NOT NULL AS held,
            r.state AS last_state, r.origin AS last_origin
       FROM control.source s
       LEFT JOIN control.stream t ON t.source = s.id
       LEFT JOIN control.stream_control c ON c.stream = t.id
       LEFT JOIN LATERAL (
         SELECT state, origin FROM control.sync_run
          WHERE source = s.id AND stream = t.id AND ended_at IS NOT NULL AND mode <> 'replay'
          ORDER BY id DESC LIMIT 1) r ON true
      WHERE s.removed_at IS NULL AND s.kind = 'replicating'
      ORDER BY s.id, t.id`,
  );
  const sources = new Map<string, SourceFacts>();
  for (const row of rows) {
    let facts = sources.get(row.id);
    if (!facts) sources.set(row.id, (facts = sourceFacts(row)));
    if (row.stream !== null) facts.streams.push(streamFacts(row, row.stream));
  }
  return [...sources.values()];
}

const sourceFacts = (row: Row): SourceFacts => ({
  id: row.id,
  domain: row.domain,
  suspended: row.suspended,
  checkOk: row.check_state === null ? null : row.check_state.toLowerCase() === 'ok',
  scheduleSeconds: row.schedule_seconds,
  streams: [],
});

const streamFacts = (row: Row, stream: number): StreamFacts => ({
  stream,
  name: row.name,
  entity: row.entity,
  asOf: row.as_of,
  held: row.held,
  lastState: row.last_state,
  lastOrigin: row.last_origin,
});
