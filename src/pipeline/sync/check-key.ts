import type { StreamManifest } from '../adapter-kit/index.js';
import { transact, type Engine, type OpenRun } from './engine.js';
import { HoldError, type Hold } from './hold.js';
import { isApproved } from './hold.repository.js';
import { storedAdapter } from './source.repository.js';

/**
 * A new version of the adapter that takes other fields for the key makes every record a new one, and all that is
 * stored vanish. Nothing is read before somebody has approved it.
 *
 * @throws HoldError SYNC_KEY_CHANGED.
 */
export async function checkKey(engine: Engine, open: OpenRun): Promise<void> {
  const { run, lease } = open;
  if (lease.mappingHash === null || lease.mappingHash === run.adapterHash) return;
  const hold = await transact(engine, async (tx) => {
    const known = await tx.query(`SELECT 1 FROM control.adapter WHERE hash = $1`, [lease.mappingHash]);
    if (known.rowCount === 0) return null;
    const before = keyOf((await storedAdapter(tx, lease.mappingHash!)).manifest.streams, run.streamName);
    const after = keyOf(open.manifest.streams, run.streamName);
    if (before === null || before === after) return null;
    const found: Hold = {
      code: 'SYNC_KEY_CHANGED',
      origin: 'mapping',
      params: { source: run.source, stream: run.streamName, before, after: after ?? '' },
    };
    return (await isApproved(tx, lease.stream, run.adapterHash, found)) ? null : found;
  });
  if (hold) throw new HoldError(hold);
}

function keyOf(streams: readonly StreamManifest[], name: string): string | null {
  const stream = streams.find((one) => one.name === name);
  if (!stream) return null;
  return `${stream.key.join('+')}${stream['keyIsIdentifier'] === true ? ' (identifier)' : ''}`;
}
