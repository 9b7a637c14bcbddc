import { UsageError } from '../../platform/kernel/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import type { Tx } from '../../platform/database/index.js';
import { append } from '../../platform/ledger/index.js';
import { nodeName } from './facts.js';
import { checkReason, giveOrder, type LinkOrder, type Orderer } from './give-order.js';
import { nodesNamed } from './node.repository.js';
import type { PersonName } from './verdict.repository.js';

/** A member of a resident and why it is one. */
export interface ResidentLink extends PersonName {
  resident: string;
  rule: string;
  /** Sources of the records that it was tied to. */
  with: string[];
  linkedAt: Date;
}

/**
 * The cross-walk of one resident, in the order of sources; of the survivor where he was merged. Empty where there is
 * no such resident.
 */
export async function residentLinks(tx: Pick<Tx, 'query'>, resident: string): Promise<ResidentLink[]> {
  const { rows } = await tx.query<ResidentLink & { reason: { with?: string[] } }>(
    `SELECT source, person_key AS "personKey", resident, rule, reason, linked_at AS "linkedAt" FROM data.resident_member
     WHERE resident = coalesce((SELECT survivor FROM data.resident_redirect WHERE id = $1), $1) ORDER BY source, person_key`,
    [resident],
  );
  return rows.map(({ reason, ...link }) => ({ ...link, with: reason.with ?? [] }));
}

/**
 * Undoes a link: the member and everybody else who is in the resident now are two people from now on. The rules never
 * link them again, whatever their records say; only another order about them does.
 *
 * @throws UsageError LINK_UNKNOWN (no such member in that resident), LINK_ONLY_ONE (nothing it is linked to),
 * LINK_REASON_UNFIT.
 */
export async function undoLink(
  tx: Tx,
  keyring: Keyring,
  order: Orderer & { resident: string; member: PersonName },
): Promise<LinkOrder> {
  const reason = checkReason(order.reason);
  const links = await residentLinks(tx, order.resident);
  const nodes = await nodesNamed(tx, links);
  const name = nodeName(order.member);
  const member = nodes.find((node) => nodeName(node) === name);
  if (!member) throw new UsageError('LINK_UNKNOWN');
  const others = nodes.filter((node) => node !== member);
  if (others.length === 0) throw new UsageError('LINK_ONLY_ONE');
  const { source, personKey } = order.member;
  const given = await giveOrder(
    tx,
    keyring,
    { ...order, reason },
    {
      kind: 'undo',
      verdict: 'DIFFERENT',
      review: null,
      member: { source, personKey },
      pairs: others.map((other) => [member, other] as const),
    },
  );
  await append(tx, {
    code: 'LINK_UNDONE',
    actor: order.actor,
    unit: order.unit,
    person: order.person,
    source,
    reason,
    subjects: given.residents.map((id) => keyring.pseudonym(id)),
  });
  return given;
}
