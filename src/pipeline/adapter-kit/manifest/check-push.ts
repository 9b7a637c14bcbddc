import { durationMs } from '../connectors/duration.js';
import type { AdapterManifest, StreamManifest } from '../contract.js';
import type { Report } from './problems.js';

/** A pushed stream is mended by reading all of it, as a `snapshotDiff` is. */
export const readsSnapshots = ({ mode }: Pick<StreamManifest, 'mode'>): boolean =>
  mode === 'snapshotDiff' || mode === 'push';

/** A stream has both of `push` and `reconcile` when it is pushed, and neither when it is not. */
export function checkPush(stream: StreamManifest, pointer: string, report: Report): void {
  for (const key of ['push', 'reconcile'] as const) {
    if (stream.mode === 'push' && stream[key] === undefined) report(pointer, 'ADAPTER_KEY_REQUIRED', { key });
    if (stream.mode !== 'push' && stream[key] !== undefined) report(pointer, 'ADAPTER_KEY_UNKNOWN', { key });
  }
}

/** How often a source with pushed streams is read whole unless it is told otherwise; null where nothing is pushed. */
export function reconcileSeconds(manifest: Pick<AdapterManifest, 'streams'>): number | null {
  const every = manifest.streams.flatMap(({ reconcile }) => (reconcile ? [durationMs(reconcile.every) / 1000] : []));
  return every.length ? Math.min(...every) : null;
}
