import { UsageError } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import { append } from '../../platform/ledger/index.js';
import { checkedReason } from '../sync/index.js';
import { splitIds } from './item-id.js';
import type { DeskOrder } from './order-replay.js';

/**
 * Settles waiting records by a person's word. They stay out of the list until the same bytes are refused for another
 * reason; a run that meets them still counts them as quarantined.
 *
 * @throws UsageError REASON_NEEDED, QUARANTINE_UNKNOWN (one of the ids names no waiting record: none is settled).
 * @returns how many.
 */
export async function settleItems(
  tx: Tx,
  order: DeskOrder & { ids: readonly string[]; reason: string },
): Promise<number> {
  const statement = checkedReason(order.reason);
  const wanted = [...splitIds(order.ids)].flatMap(([stream, raws]) => [...raws].map((raw) => ({ stream, raw })));
  const { rows } = await tx.query<{ source: string }>(
    `UPDATE data.quarantine q SET resolved_at = clock_timestamp(), resolution = 'RESOLVED', resolved_by = $3, resolved_reason = $4
     FROM unnest($1::int4[], $2::text[]) u(stream, raw), control.stream s
     WHERE q.stream = u.stream AND q.raw = decode(u.raw, 'hex') AND q.resolved_at IS NULL AND s.id = q.stream RETURNING s.source`,
    [wanted.map(({ stream }) => stream), wanted.map(({ raw }) => raw), order.actor, statement],
  );
  if (rows.length < wanted.length || rows.length === 0)
    throw new UsageError('QUARANTINE_UNKNOWN', { params: { count: Math.max(1, wanted.length - rows.length) } });
  for (const source of new Set(rows.map((row) => row.source)))
    await append(tx, {
      code: 'QUARANTINE_RESOLVED',
      actor: order.actor,
      unit: order.unit,
      person: order.person,
      source,
      rows: rows.filter((row) => row.source === source).length,
      statement,
    });
  return rows.length;
}
