import { setTimeout as delay } from 'node:timers/promises';
import type { Database, Tx } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { append } from '../../platform/ledger/index.js';
import {
  lockOpenRotation,
  lockPlace,
  movePlace,
  openRotation,
  raiseFloor,
  reopenPlace,
  rotationOf,
  setPhase,
  type Rotation,
} from './rotation.repository.js';
import type { SealedPlace } from './sealed-place.js';
import { inboxPlace, quarantinePlace, sourceSecretPlace } from './secret-places.js';
import { subjectKeyPlace } from './subject-key-place.js';

/** Everything under the key-encryption key. A new column of that kind is added here, and gets the trigger of 0011. */
const PLACES: readonly SealedPlace[] = [sourceSecretPlace, inboxPlace, quarantinePlace, subjectKeyPlace];

export interface RotateOptions {
  database: Database;
  keyring: Keyring;
  actor: string;
  signal: AbortSignal;
  batchSize?: number;
  /** Longer than it takes every process to read the keyring file again (`Keyring.watch`, 1 s). */
  graceMs?: number;
  progress?: (rotation: Rotation) => void;
}

/**
 * Rotates the key-encryption key while everything runs. Goes on with a rotation that was stopped, at the row where it
 * stood; two processes at once share the work. Steps: the new version is added to the file, so that every process can
 * open what it will seal → it seals → older versions are refused by the database, from which moment no value under them
 * can come to be → all older values are re-wrapped → none is left, and the file forgets the old keys.
 *
 * @returns the ended rotation; null when the signal stopped it.
 */
export async function rotateKeys(options: RotateOptions): Promise<Rotation | null> {
  const { database, keyring, signal, graceMs = 3000 } = options;
  const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    database.withContext('worker', { actor: options.actor }, work);
  const { id } = await transact((tx) => begin(tx, options));
  while (!signal.aborted) {
    const rotation = await transact((tx) => rotationOf(tx, id));
    options.progress?.(rotation);
    if (rotation.phase === 'DONE') return rotation;
    if (rotation.phase === 'REWRAPPING') {
      if (await walk(options, transact, rotation)) await transact((tx) => finish(tx, options));
    } else {
      await delay(Math.max(0, graceMs - rotation.phaseMs), undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await transact((tx) => advance(tx, keyring, graceMs)).catch(unlessBusy);
    }
  }
  return null;
}

/** The floor is held by those who seal; who waits for them longer than this lets them by and asks again. */
const unlessBusy = (error: unknown): void => {
  if ((error as { code?: unknown }).code !== '55P03') throw error;
};

/** The open rotation, or a new one. The row is there before the file changes: a crash in between is gone on with. */
async function begin(tx: Tx, { keyring, actor }: Pick<RotateOptions, 'keyring' | 'actor'>): Promise<Rotation> {
  const open = await lockOpenRotation(tx);
  if (open) {
    await keyring.introduceVersion(open.version);
    return open;
  }
  await keyring.refresh();
  const version = keyring.newestVersion > keyring.keyVersion ? keyring.newestVersion : keyring.keyVersion + 1;
  let total = 0;
  for (const place of PLACES) total += await place.count(tx);
  const made = await openRotation(tx, version, total);
  if (!made) return begin(tx, { keyring, actor });
  await keyring.introduceVersion(version);
  await append(tx, { code: 'KEYS_ROTATION_STARTED', actor, keyVersion: version, fingerprint: keyring.fingerprint });
  return made;
}

/** INTRODUCED → SEALING → REWRAPPING, each when its grace has passed. */
async function advance(tx: Tx, keyring: Keyring, graceMs: number): Promise<void> {
  const rotation = await lockOpenRotation(tx);
  if (!rotation || rotation.phaseMs < graceMs) return; // another process was faster
  if (rotation.phase === 'INTRODUCED') {
    await keyring.introduceVersion(rotation.version);
    await keyring.sealWith(rotation.version);
    await setPhase(tx, rotation.id, 'SEALING');
  } else if (rotation.phase === 'SEALING') {
    await keyring.sealWith(rotation.version);
    await raiseFloor(tx, rotation.version);
    await setPhase(tx, rotation.id, 'REWRAPPING');
  }
}

/** One batch after the other, each in a transaction of its own with its mark. @returns false when stopped. */
async function walk(
  { keyring, signal, batchSize = 2000, progress }: RotateOptions,
  transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  rotation: Rotation,
): Promise<boolean> {
  await keyring.sealWith(rotation.version);
  for (const place of PLACES) {
    for (let finished = false; !finished;) {
      if (signal.aborted) return false;
      finished = await transact(async (tx) => {
        const at = await lockPlace(tx, rotation.id, place.name);
        if (at.finished) return true;
        const batch = await place.rewrap(tx, keyring, at.after, batchSize);
        await movePlace(tx, rotation.id, place.name, { ...batch, finished: batch.seen < batchSize });
        return batch.seen < batchSize;
      });
      if (progress) progress(await transact((tx) => rotationOf(tx, rotation.id)));
    }
  }
  return true;
}

/** Retires what nothing refers to any more; a value that is left, against all expectation, starts the walk again. */
async function finish(tx: Tx, { keyring, actor }: RotateOptions): Promise<void> {
  const rotation = await lockOpenRotation(tx);
  if (!rotation) return;
  let left = false;
  for (const place of PLACES) {
    if (!(await place.anyBefore(tx, rotation.version))) continue;
    left = true;
    await reopenPlace(tx, rotation.id, place.name);
  }
  if (left) return;
  await keyring.retireBefore(rotation.version);
  await append(tx, { code: 'KEYS_ROTATED', actor, keyVersion: rotation.version, fingerprint: keyring.fingerprint });
  await setPhase(tx, rotation.id, 'DONE');
}
