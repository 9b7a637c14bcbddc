import type { Database } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import type { PushManifest } from '../../pipeline/adapter-kit/index.js';
import { sourceSettings, storedAdapter } from '../../pipeline/sync/index.js';

/** A stream that takes pushes. */
export interface PushTarget {
  source: string;
  stream: number;
  push: PushManifest;
  /** Settings of the source, secrets opened. */
  settings: Readonly<Record<string, unknown>>;
  suspended: boolean;
  /** Events that wait, up to a bound. */
  waiting: number;
}

const KEEP_MS = 2000;
const COUNT_TO = 200_001;

/** Streams by address; each is read anew after a moment, so that a new secret or a stop soon counts. */
export class PushTargets {
  readonly #known = new Map<string, { at: number; target: Promise<PushTarget | null> }>();

  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
  ) {}

  find(source: string, stream: string): Promise<PushTarget | null> {
    const name = `${source}/${stream}`;
    const now = performance.now();
    const known = this.#known.get(name);
    if (known && now - known.at < KEEP_MS) return known.target;
    const target = this.#read(source, stream);
    this.#known.set(name, { at: now, target });
    // Only streams that exist are kept: anybody can ask for names.
    const drop = (): void => void this.#known.delete(name);
    target.then((found) => found ?? drop(), drop);
    return target;
  }

  #read(source: string, stream: string): Promise<PushTarget | null> {
    return this.database.withContext('app', { actor: 'push' }, async (tx) => {
      const { rows } = await tx.query<{ id: number; suspended: boolean; waiting: number }>(
        `SELECT s.id, c.suspended, (
           SELECT count(*)::int FROM (SELECT 1 FROM data.push_inbox i WHERE i.stream = s.id LIMIT ${COUNT_TO}) w) AS waiting
         FROM control.stream s JOIN control.source c ON c.id = s.source
         WHERE s.source = $1 AND s.name = $2 AND s.mode = 'push' AND c.removed_at IS NULL`,
        [source, stream],
      );
      const row = rows[0];
      if (!row) return null;
      const { adapterHash, settings } = await sourceSettings(tx, this.keyring, source);
      const { manifest } = await storedAdapter(tx, adapterHash);
      const push = manifest.streams.find(({ name }) => name === stream)?.push;
      return push ? { source, stream: row.id, push, settings, suspended: row.suspended, waiting: row.waiting } : null;
    });
  }
}
