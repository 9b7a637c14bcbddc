import { uuidv7 } from '../../platform/kernel/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import type { Tx } from '../../platform/database/index.js';
import { claimChanges } from './claim-changes.js';
import { decide } from './decide.js';
import { dirtyKeys, expand, type Neighbourhood } from './expand.js';
import { KeyLocks } from './lock-keys.js';
import type { NodeIds } from './node-ids.js';
import { nodesById, writeNodes, type NodeChanges } from './node.repository.js';
import { sourceTables, type SourceTables } from './person-tables.js';
import { readChanges } from './read-changes.js';
import { keysByStream, relinkedPersons, touchedPersons } from './touched-persons.js';
import { verdictsAmong } from './verdict.repository.js';
import { writeLinks } from './write-links.js';

/** Kinds of `control.unify_record`. */
export type UnifyKind = 'dwelling' | 'household';

/**
 * One batch in the caller's transaction: claim changed records of one source, read what their persons say now, find
 * the components that this touches, cluster them, write what differs, hand the residents on to unify.
 *
 * @returns the number of persons looked at; null when the outbox was empty.
 */
export async function linkBatch(tx: Tx, keyring: Keyring, ids: NodeIds, size: number): Promise<number | null> {
  const claim = await claimChanges(tx, size);
  if (claim === null) return null;
  const tables = await sourceTables(tx, claim.source);
  const byStream = keysByStream(claim.changes);
  const touched = await touchedPersons(tx, tables, byStream);
  const again = relinkedPersons(claim.changes);
  for (const personKey of again) if (!touched.has(personKey)) touched.set(personKey, false);
  const run = claim.changes.reduce((latest, change) => Math.max(latest, change.run), 0) || null;
  const { changes, unchanged, areasMoved } = await readChanges(tx, keyring, ids, tables, [...touched.keys()], again);
  const locks = new KeyLocks();
  locks.want(dirtyKeys(changes));
  let around: Neighbourhood | null = null;
  while (around === null) {
    await locks.take(tx);
    await renewMembership(tx, changes);
    around = await expand(tx, changes, locks);
  }
  const decision = decide(around, await verdictsAmong(tx, keyring, around.nodes.values()), uuidv7);
  await writeNodes(tx, { ...changes, changed: [...changes.changed, ...areasMoved] });
  const residents = await writeLinks(tx, keyring, { claim, changes, around, decision, run });
  for (const node of unchanged) if (touched.get(node.personKey)) residents.add(node.resident!);
  for (const { node } of [...areasMoved, ...changes.changed]) if (node.resident) residents.add(node.resident);
  await handOn(tx, tables, byStream, residents, run);
  return touched.size;
}

/** Before the locks were held, another worker may have moved these nodes as somebody's neighbours. */
async function renewMembership(tx: Tx, changes: NodeChanges): Promise<void> {
  const nodes = new Map([...changes.changed.map(({ node }) => node), ...changes.gone].map((node) => [node.id, node]));
  for (const { id, resident, reason, reviews } of await nodesById(tx, [...nodes.keys()]))
    Object.assign(nodes.get(id)!, { resident, reason, reviews });
}

async function handOn(
  tx: Tx,
  tables: SourceTables,
  byStream: ReadonlyMap<number, readonly string[]>,
  residents: ReadonlySet<string>,
  run: number | null,
): Promise<void> {
  if (residents.size > 0)
    await tx.query(
      `INSERT INTO control.unify_resident (resident, run) SELECT id, $2 FROM unnest($1::uuid[]) id ON CONFLICT DO NOTHING`,
      [[...residents].sort(), run],
    );
  const record = (kind: UnifyKind, stream: number, keys: readonly string[]): Promise<unknown> =>
    tx.query('INSERT INTO control.unify_record (kind, stream, run, keys) VALUES ($1, $2, $3, $4)', [
      kind,
      stream,
      run,
      keys,
    ]);
  for (const [stream, keys] of byStream) {
    if (tables.rows.dwelling.includes(stream)) await record('dwelling', stream, keys);
    if (tables.rows.household.includes(stream)) await record('household', stream, keys);
  }
}
