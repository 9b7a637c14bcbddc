import type { Tx } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { append } from '../../platform/ledger/index.js';
import { bringBack } from './bring-back.js';
import type { Claim } from './claim-changes.js';
import type { Decision } from './decide.js';
import type { Neighbourhood } from './expand.js';
import { writeHistory, type Membership } from './history.repository.js';
import { writeMembers } from './member.repository.js';
import type { NodeChanges } from './node.repository.js';
import { redirect } from './redirect.repository.js';
import { writeReviews } from './review.repository.js';

export interface Outcome {
  claim: Claim;
  changes: NodeChanges;
  around: Neighbourhood;
  decision: Decision;
  run: number | null;
}

/** Cross-walk, reviews, evidence. @returns the residents whose members changed. */
export async function writeLinks(tx: Tx, keyring: Keyring, outcome: Outcome): Promise<Set<string>> {
  const { claim, changes, around, run } = outcome;
  const { gone } = changes;
  const { created, reviews: doubts } = outcome.decision;
  const { moves, back } = await bringBack(tx, outcome.decision.moves, created);
  const touched = new Set<string>();
  const inUse = new Set<string>();
  const moved = new Map(moves.map((move) => [move.node.id, move.resident]));
  for (const node of around.nodes.values()) inUse.add(moved.get(node.id) ?? node.resident!);
  const closed = new Set<string>();
  for (const node of [...around.nodes.values(), ...gone])
    if (node.resident !== null && !inUse.has(node.resident)) closed.add(node.resident);
  const inUseAgain = new Set(back);
  for (const { node, resident } of moves) {
    if (node.resident === resident && node.reason !== null) continue;
    if (node.reason === null && node.resident !== null) inUseAgain.add(resident);
    touched.add(resident);
    if (node.resident) touched.add(node.resident);
  }
  for (const node of gone) if (node.resident) touched.add(node.resident);
  const membership = { moves, gone, created, closed, back, run };
  await writeHistory(tx, membership);
  await writeMembers(tx, membership);
  await redirect(tx, moves, closed, inUseAgain);
  const reviews = await writeReviews(tx, keyring, doubts, { kept: [...around.nodes.values()], gone }, run);
  await leaveEvidence(tx, keyring, { claim, membership, reviews });
  return touched;
}

/** One row a batch; merges and splits in rows of their own, because they change who a pseudonym stands for. */
async function leaveEvidence(
  tx: Tx,
  keyring: Keyring,
  { claim, membership: { moves, created, closed }, reviews }: { claim: Claim; membership: Membership; reviews: number },
): Promise<void> {
  const into = new Map<string, Set<string>>();
  const apart = new Map<string, Set<string>>();
  for (const { node, resident } of moves) {
    if (node.reason === null || node.resident === null || node.resident === resident) continue;
    const [map, key, other] = closed.has(node.resident)
      ? [into, resident, node.resident]
      : [apart, node.resident, resident];
    map.set(key, (map.get(key) ?? new Set()).add(other));
  }
  if (moves.length === 0 && reviews === 0) return;
  await append(tx, {
    code: 'LINK_DECIDED',
    actor: 'worker',
    linked: moves.length,
    residentsCreated: created.size,
    residentsMerged: [...into.values()].reduce((total, others) => total + others.size, 0),
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
