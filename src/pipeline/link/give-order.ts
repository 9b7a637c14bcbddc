import { hidesCitizenId, UsageError, uuidv7 } from '../../platform/kernel/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import type { Tx } from '../../platform/database/index.js';
import type { StoredNode } from './node.repository.js';
import { relink } from './relink.js';
import type { Verdict } from './verdict.js';
import { putVerdicts, type PersonName } from './verdict.repository.js';

/** Who gives an order about links, and why. */
export interface Orderer {
  actor: string;
  unit?: string | undefined;
  /** The accountable person named on his token. */
  person?: string | undefined;
  /** For those who look at it later: no name and no number of anybody. */
  reason: string;
}

/** An order as it was carried out: what the rules do next follows from it in a batch of link. */
export interface LinkOrder {
  id: string;
  kind: 'review' | 'undo';
  verdict: Verdict;
  review: string | null;
  /** undo: the member that was taken out. */
  member: PersonName | null;
  /** The residents it was about when it was given. */
  residents: string[];
  /** Pairs of persons that it decides. */
  pairs: number;
}

const REASON_LIMIT = 400;

/** @throws UsageError LINK_REASON_UNFIT: empty, over 400 characters, or something like a citizen number in it. */
export function checkReason(reason: string): string {
  const text = reason.trim();
  if (text === '' || text.length > REASON_LIMIT || hidesCitizenId(text))
    throw new UsageError('LINK_REASON_UNFIT', { params: { limit: REASON_LIMIT } });
  return text;
}

/**
 * Records an order with the verdicts it means, and has link look at everybody concerned: all in the caller's
 * transaction, so that an order that is given is carried out, whatever dies in between.
 */
export async function giveOrder(
  tx: Tx,
  keyring: Keyring,
  by: Orderer,
  order: Omit<LinkOrder, 'id' | 'residents' | 'pairs'> & { pairs: readonly (readonly [StoredNode, StoredNode])[] },
): Promise<LinkOrder> {
  const { kind, verdict, review, member, pairs } = order;
  const id = uuidv7();
  const nodes = [...new Map(pairs.flat().map((node) => [node.id, node])).values()];
  const residents = [...new Set(nodes.flatMap((node) => node.resident ?? []))].sort();
  await tx.query(
    `INSERT INTO data.link_order (id, kind, verdict, review, source, person_key, residents, reason, actor, unit)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[id, kind, verdict, review, member?.source ?? null, member?.personKey ?? null, residents],
      ...[by.reason, by.actor, by.unit ?? null],
    ],
  );
  await putVerdicts(tx, keyring, id, verdict, pairs);
  await relink(tx, nodes);
  return { id, kind, verdict, review, member, residents, pairs: pairs.length };
}
