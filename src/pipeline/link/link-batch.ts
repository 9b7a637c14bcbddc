import { uuidv7 } from '../../platform/kernel/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { append } from '../../platform/ledger/index.js';
import type { Tx } from '../../platform/database/index.js';
import { claimChanges, type Claim } from './claim-changes.js';
import { decide, type Decision } from './decide.js';
import { dirtyKeys, expand, type Neighbourhood } from './expand.js';
import { encodeFacts, nodeName } from './facts.js';
import { KeyLocks } from './lock-keys.js';
import { matchKeys } from './match-keys.js';
import { takeRetired, writeMembers } from './member.repository.js';
import type { NodeIds } from './node-ids.js';
import { nodesById, nodesOfPersons, writeNodes, type NodeChanges, type StoredNode } from './node.repository.js';
import { sourceTables, type SourceTables } from './person-tables.js';
import { readEvidence } from './read-evidence.js';
import { writeReviews } from './review.repository.js';
import { keysByStream, touchedPersons } from './touched-persons.js';

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
  const run = claim.changes.reduce((latest, change) => Math.max(latest, change.run), 0) || null;
  const { changes, unchanged, areasMoved } = await readChanges(tx, keyring, ids, tables, [...touched.keys()]);
  const locks = new KeyLocks();
  locks.want(dirtyKeys(changes));
  let around: Neighbourhood | null = null;
  while (around === null) {
    await locks.take(tx);
    await renewMembership(tx, changes);
    around = await expand(tx, changes, locks);
  }
  const decision = decide(around, uuidv7);
  await writeNodes(tx, { ...changes, changed: [...changes.changed, ...areasMoved] });
  const residents = await writeDecision(tx, keyring, { claim, changes, around, decision, run });
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

interface ReadChanges {
  changes: NodeChanges;
  unchanged: StoredNode[];
  areasMoved: NodeChanges['changed'][number][];
}

/** What the touched persons say now, against what is stored. */
async function readChanges(
  tx: Tx,
  keyring: Keyring,
  ids: NodeIds,
  tables: SourceTables,
  personKeys: string[],
): Promise<ReadChanges> {
  const readings = await readEvidence(tx, tables, personKeys);
  const stored = await nodesOfPersons(tx, tables.source, personKeys);
  const created: StoredNode[] = [];
  const changed: NodeChanges['changed'][number][] = [];
  const [gone, unchanged, areasMoved]: [StoredNode[], StoredNode[], ReadChanges['areasMoved']] = [[], [], []];
  for (const node of stored) {
    const reading = readings.get(node.personKey);
    readings.delete(node.personKey);
    if (!reading) {
      gone.push(node);
      continue;
    }
    const { keys: before, areas, id, source, personKey, reviews, resident, reason } = node;
    const facts = encodeFacts(reading.evidence);
    const keys = matchKeys(reading.evidence, keyring);
    const now: StoredNode = { id, source, personKey, facts, keys, areas: reading.areas, reviews, resident, reason };
    if (now.facts !== node.facts || now.keys.join('') !== before.join('')) changed.push({ node: now, before });
    else if (now.areas.join() !== areas.join()) areasMoved.push({ node: now, before });
    else unchanged.push(node);
  }
  const newIds = await ids.take(tx, readings.size);
  for (const [personKey, { evidence, areas }] of readings)
    // Written out field by field: tens of thousands of these are made, and spreading makes each of them slow.
    created.push({
      id: newIds[created.length]!,
      source: tables.source,
      personKey,
      facts: encodeFacts(evidence),
      keys: matchKeys(evidence, keyring),
      areas,
      reviews: [],
      resident: null,
      reason: null,
    });
  if (created.length > 0) {
    const returning = await takeRetired(tx, created.map(nodeName));
    for (const node of created) node.resident = returning.get(nodeName(node)) ?? null;
  }
  return { changes: { created, changed, gone }, unchanged, areasMoved };
}

interface Outcome {
  claim: Claim;
  changes: NodeChanges;
  around: Neighbourhood;
  decision: Decision;
  run: number | null;
}

/** Cross-walk, reviews, evidence. @returns the residents whose members changed. */
async function writeDecision(tx: Tx, keyring: Keyring, outcome: Outcome): Promise<Set<string>> {
  const { claim, changes, around, decision, run } = outcome;
  const { gone } = changes;
  const touched = new Set<string>();
  const inUse = new Set<string>();
  const moved = new Map(decision.moves.map((move) => [move.node.id, move.resident]));
  for (const node of around.nodes.values()) inUse.add(moved.get(node.id) ?? node.resident!);
  const closed = new Set<string>();
  for (const node of [...around.nodes.values(), ...gone])
    if (node.resident !== null && !inUse.has(node.resident)) closed.add(node.resident);
  for (const { node, resident } of decision.moves) {
    if (node.resident === resident && node.reason !== null) continue;
    touched.add(resident);
    if (node.resident) touched.add(node.resident);
  }
  for (const node of gone) if (node.resident) touched.add(node.resident);
  await writeMembers(tx, { moves: decision.moves, gone, created: decision.created, closed });
  const reviews = await writeReviews(tx, keyring, decision.reviews, { kept: [...around.nodes.values()], gone }, run);
  await leaveEvidence(tx, keyring, { claim, decision, closed, reviews });
  return touched;
}

/** One row a batch; merges and splits in rows of their own, because they change who a pseudonym stands for. */
async function leaveEvidence(
  tx: Tx,
  keyring: Keyring,
  {
    claim,
    decision,
    closed,
    reviews,
  }: { claim: Claim; decision: Decision; closed: ReadonlySet<string>; reviews: number },
): Promise<void> {
  const into = new Map<string, Set<string>>();
  const apart = new Map<string, Set<string>>();
  for (const { node, resident } of decision.moves) {
    if (node.reason === null || node.resident === null || node.resident === resident) continue;
    const [map, key, other] = closed.has(node.resident)
      ? [into, resident, node.resident]
      : [apart, node.resident, resident];
    map.set(key, (map.get(key) ?? new Set()).add(other));
  }
  if (decision.moves.length === 0 && reviews === 0) return;
  await append(tx, {
    code: 'LINK_DECIDED',
    actor: 'worker',
    linked: decision.moves.length,
    residentsCreated: decision.created.size,
    residentsMerged: closed.size,
    residentsSplit: apart.size,
    reviews,
    sources: [claim.source],
  });
  const pseudonyms = (residents: Iterable<string>): string[] => [...residents].map((id) => keyring.pseudonym(id));
  for (const [resident, others] of into) {
    const subjects = pseudonyms([resident, ...others]);
    await append(tx, { code: 'RESIDENT_MERGED', actor: 'worker', into: subjects[0]!, subjects });
  }
  for (const [resident, others] of apart)
    await append(tx, { code: 'RESIDENT_SPLIT', actor: 'worker', subjects: pseudonyms([resident, ...others]) });
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
