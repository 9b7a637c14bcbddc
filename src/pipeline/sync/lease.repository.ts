import { FatalError } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';

/** A worker's right to write one stream, for as long as the database's clock says. */
export interface Lease {
  stream: number;
  epoch: number;
  cursor: string | null;
  nextN: number;
  /** Adapter hash under which the stored source hashes were made; null before the first complete scan. */
  mappingHash: string | null;
  /** What is kept of the source's columns at the last complete scan, as JSON; null where records name their fields. */
  layout: string | null;
  /** Fields that every record of the last complete scan had; null where not known. */
  alwaysFields: string[] | null;
}

/** Thrown when another worker holds the stream now: everything uncommitted is dropped. */
export class LeaseLostError extends FatalError {
  constructor(stream: string) {
    super('SYNC_LEASE_LOST', { where: { stream } });
  }
}

/**
 * Takes the stream for one run if nobody holds it and no other run of it has begun. A run that goes on after a crash
 * keeps its cursor; a new run starts at the beginning unless the stream is incremental.
 *
 * @returns null when another worker holds the lease.
 */
export async function claimStream(
  tx: Tx,
  claim: { stream: number; run: number; owner: string; leaseSeconds: number },
): Promise<Lease | null> {
  const { rows } = await tx.query<{
    epoch: string;
    cursor: string | null;
    next_n: number;
    mapping_hash: string | null;
    layout: string | null;
    always_fields: string[] | null;
  }>(
    `WITH free AS (
       SELECT id FROM control.stream WHERE id = $1 AND lease_until < clock_timestamp() AND NOT EXISTS (
         SELECT 1 FROM control.sync_run o
         WHERE o.stream = $1 AND o.id <> $2 AND o.state IN ('QUEUED', 'RUNNING') AND o.live_before IS NOT NULL)
       FOR UPDATE SKIP LOCKED
     )
     UPDATE control.stream s SET epoch = epoch + 1, owner = $3, run = $2,
       lease_until = clock_timestamp() + make_interval(secs => $4::float8),
       cursor = CASE WHEN s.run IS DISTINCT FROM $2 AND s.mode <> 'incremental' THEN NULL ELSE s.cursor END
     FROM free WHERE s.id = free.id
     RETURNING s.epoch, s.cursor, s.next_n, s.mapping_hash, s.layout, s.always_fields`,
    [claim.stream, claim.run, claim.owner, claim.leaseSeconds],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    stream: claim.stream,
    epoch: Number(row.epoch),
    cursor: row.cursor,
    nextN: row.next_n,
    mappingHash: row.mapping_hash,
    layout: row.layout,
    alwaysFields: row.always_fields,
  };
}

/**
 * First statement of every page: moves the cursor, takes the page's row numbers and renews the lease, but only for
 * the holder of this epoch at the cursor it believes in.
 *
 * @throws LeaseLostError
 */
export async function fence(
  tx: Tx,
  move: { lease: Lease; streamName: string; cursorTo: string | null; nextN: number; leaseSeconds: number },
): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE control.stream SET cursor = $4, next_n = $5, lease_until = clock_timestamp() + make_interval(secs => $6::float8)
     WHERE id = $1 AND epoch = $2 AND cursor IS NOT DISTINCT FROM $3 AND lease_until > clock_timestamp()`,
    [move.lease.stream, move.lease.epoch, move.lease.cursor, move.cursorTo, move.nextN, move.leaseSeconds],
  );
  if (rowCount !== 1) throw new LeaseLostError(move.streamName);
}

/** Keeps the lease while a slow source is being read. @returns false when it is lost. */
export async function renewLease(tx: Tx, lease: Lease, leaseSeconds: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE control.stream SET lease_until = clock_timestamp() + make_interval(secs => $3::float8)
     WHERE id = $1 AND epoch = $2 AND lease_until > clock_timestamp()`,
    [lease.stream, lease.epoch, leaseSeconds],
  );
  return rowCount === 1;
}

/**
 * Whether nobody has taken the stream over since; its row is ours until the transaction ends. A lease that ran out and
 * was not taken is still its holder's to settle.
 */
export async function holdsStream(tx: Tx, lease: Lease): Promise<boolean> {
  const { rowCount } = await tx.query(`SELECT 1 FROM control.stream WHERE id = $1 AND epoch = $2 FOR UPDATE`, [
    lease.stream,
    lease.epoch,
  ]);
  return rowCount === 1;
}

export async function releaseLease(tx: Tx, lease: Lease): Promise<void> {
  await tx.query(`UPDATE control.stream SET lease_until = '-infinity', owner = NULL WHERE id = $1 AND epoch = $2`, [
    lease.stream,
    lease.epoch,
  ]);
}
