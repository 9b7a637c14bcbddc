import { UsageError } from '../../platform/kernel/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import type { Tx } from '../../platform/database/index.js';
import { append } from '../../platform/ledger/index.js';
import { checkReason, giveOrder, type LinkOrder, type Orderer } from './give-order.js';
import { nodesNamed, type StoredNode } from './node.repository.js';
import type { Verdict } from './verdict.js';
import type { PersonName } from './verdict.repository.js';

/**
 * Decides a doubt. SAME: all its records are one person. DIFFERENT: those that are not one person now never become one
 * (all of them are taken apart where they are one now). UNCLEAR: the rules go on as if nobody had looked, but the doubt
 * is not raised again. Each holds until another order about the same records; once what they say has changed and the
 * rules doubt again, the item opens anew. A decided item may be decided again.
 *
 * @throws UsageError REVIEW_UNKNOWN, REVIEW_CLOSED (the doubt is gone), REVIEW_ONE_RECORD (one record cannot be two
 * people here: its source must part them), LINK_REASON_UNFIT.
 */
export async function decideReview(
  tx: Tx,
  keyring: Keyring,
  order: Orderer & { review: string; verdict: Verdict },
): Promise<LinkOrder> {
  const reason = checkReason(order.reason);
  const { review, verdict } = order;
  const { rows } = await tx.query<{ state: string; reason: string; members: PersonName[] }>(
    'SELECT state, reason, members FROM data.review_item WHERE id = $1 FOR UPDATE',
    [review],
  );
  const item = rows[0];
  if (!item) throw new UsageError('REVIEW_UNKNOWN');
  if (item.state === 'closed') throw new UsageError('REVIEW_CLOSED');
  const nodes = await nodesNamed(tx, item.members);
  if (nodes.length < item.members.length || nodes.length === 0) throw new UsageError('REVIEW_CLOSED');
  if (nodes.length === 1 && verdict === 'DIFFERENT') throw new UsageError('REVIEW_ONE_RECORD');
  const given = await giveOrder(
    tx,
    keyring,
    { ...order, reason },
    { kind: 'review', verdict, review, member: null, pairs: pairsOf(nodes, verdict) },
  );
  await tx.query(
    `UPDATE data.review_item SET state = 'decided', verdict = $2, link_order = $3, closed_at = clock_timestamp() WHERE id = $1`,
    [review, verdict, given.id],
  );
  await append(tx, {
    code: 'REVIEW_DECIDED',
    actor: order.actor,
    unit: order.unit,
    person: order.person,
    review,
    outcome: verdict,
    rule: item.reason,
    reason,
    subjects: given.residents.map((id) => keyring.pseudonym(id)),
  });
  return given;
}

function pairsOf(nodes: readonly StoredNode[], verdict: Verdict): (readonly [StoredNode, StoredNode])[] {
  if (nodes.length === 1) return [[nodes[0]!, nodes[0]!]];
  const all = nodes.flatMap((one, at) => nodes.slice(at + 1).map((other) => [one, other] as const));
  if (verdict === 'SAME') return all;
  const apart = all.filter(([one, other]) => one.resident !== other.resident);
  return apart.length > 0 ? apart : all;
}
