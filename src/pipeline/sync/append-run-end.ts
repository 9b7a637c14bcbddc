import type { Tx } from '../../platform/database/index.js';
import type { Origin } from '../../platform/kernel/index.js';
import { append } from '../../platform/ledger/index.js';
import type { Counts } from './statement.js';
import type { RunRow, RunState } from './sync-run.repository.js';

/** How a run ended; a run that read its stream to the end also says what its statement said. */
export interface RunEnd {
  state: RunState;
  balanced: boolean;
  counts: Counts;
  origin: Origin | null;
  reason: string | null;
  statement?: { liveBefore: number; liveAfter: number; sourceDigest: Buffer; storeDigest: Buffer };
}

/** The evidence row that closes a run, whichever way it ended. */
export function appendRunEnd(tx: Tx, run: RunRow, end: RunEnd): Promise<string> {
  const { state, balanced, counts, origin, reason, statement } = end;
  return append(tx, {
    code: 'SYNC_RUN_ENDED',
    actor: 'worker',
    source: run.source,
    stream: run.stream,
    run: run.id,
    state,
    balanced,
    ...counts,
    ...(statement && {
      ...statement,
      adapterHash: run.adapterHash,
      adapterVersion: run.adapterVersion,
      mappingVersion: run.mappingVersion,
      mode: run.mode,
    }),
    origin,
    reason,
  });
}
