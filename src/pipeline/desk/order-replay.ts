import { UsageError } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import { append } from '../../platform/ledger/index.js';
import { openReplay, REPLAYABLE } from '../sync/index.js';
import { splitIds } from './item-id.js';

/** Who orders something at the desk. */
export interface DeskOrder {
  actor: string;
  unit: string;
  person: string;
}

/**
 * Queues the replay of a source's waiting records, all or those selected, one run of mode `replay` for each stream that
 * has some. Nothing is read at the source: the sealed records go through the mapping of now.
 *
 * @throws UsageError QUARANTINE_NOTHING, QUARANTINE_UNKNOWN, REPLAY_BUSY (a run of the stream is open).
 * @returns the runs.
 */
export async function orderReplay(
  tx: Tx,
  order: DeskOrder & { source: string; ids?: readonly string[]; reason?: string },
): Promise<{ stream: number; run: number }[]> {
  const byStream = order.ids === undefined ? null : splitIds(order.ids);
  const { rows } = await tx.query<{ stream: number; name: string; raw: string; asOf: string; mode: string }>(
    `SELECT q.stream, s.name, encode(q.raw, 'hex') AS raw, min(r.started_at) OVER (PARTITION BY q.stream)::text AS "asOf"
     FROM data.quarantine q JOIN control.stream s ON s.id = q.stream JOIN control.source c ON c.id = s.source
       LEFT JOIN control.sync_run r ON r.id = q.last_run
     WHERE s.source = $1 AND c.removed_at IS NULL AND ${REPLAYABLE} AND ($2::text IS NULL OR q.reason = $2)
     ORDER BY q.stream`,
    [order.source, order.reason ?? null],
  );
  const runs: { stream: number; run: number }[] = [];
  for (const stream of new Set(rows.map((row) => row.stream))) {
    const waiting = rows.filter((row) => row.stream === stream);
    const ids = byStream?.get(stream);
    const taken = byStream ? waiting.filter((row) => ids?.has(row.raw)) : waiting;
    if (taken.length === 0) continue;
    const selection = {
      ...(order.reason === undefined ? {} : { reason: order.reason }),
      ...(ids ? { ids: [...ids] } : {}),
      asOf: taken[0]!.asOf,
    };
    const run = await openReplay(tx, stream, order.actor, selection);
    if (run === null) throw new UsageError('REPLAY_BUSY', { params: { stream: taken[0]!.name } });
    runs.push({ stream, run });
    await append(tx, {
      code: 'QUARANTINE_REPLAYED',
      actor: order.actor,
      unit: order.unit,
      person: order.person,
      source: order.source,
      stream,
      run,
      rows: taken.length,
      ...(order.reason === undefined ? {} : { reason: order.reason }),
    });
  }
  if (runs.length === 0) throw new UsageError('QUARANTINE_NOTHING', { params: { source: order.source } });
  return runs;
}
