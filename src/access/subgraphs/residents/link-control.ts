import type { Database } from '../../../platform/database/index.js';
import type { Keyring } from '../../../platform/keys/index.js';
import { decideReview, type LinkOrder, undoLink, type Verdict } from '../../../pipeline/link/index.js';

/** Who gives an order, and why. */
interface By {
  actor: string;
  unit: string;
  person: string;
  reason: string;
}

/**
 * What people order about links. The order, its evidence and the work that follows from it commit together, before the
 * answer is made; a worker carries it out.
 */
export interface LinkControl {
  decide(order: By & { review: string; verdict: Verdict }): Promise<LinkOrder>;
  undo(order: By & { resident: string; member: { source: string; personKey: string } }): Promise<LinkOrder>;
}

/**
 * The control over this database. Verdicts rest on what link keeps of persons, which only its own role may read, so an
 * order is recorded by that role; `wake` only makes a waiting worker look sooner.
 */
export function linkControl(
  database: Pick<Database, 'withContext'>,
  keyring: Keyring,
  wake: () => Promise<unknown> = async () => {},
): LinkControl {
  const woken = async (order: Promise<LinkOrder>): Promise<LinkOrder> => {
    const given = await order;
    await Promise.allSettled([wake()]);
    return given;
  };
  return {
    decide: (order) =>
      woken(database.withContext('worker', { actor: order.actor }, (tx) => decideReview(tx, keyring, order))),
    undo: (order) =>
      woken(database.withContext('worker', { actor: order.actor }, (tx) => undoLink(tx, keyring, order))),
  };
}

/** Nest token of the port. */
export const LINK_CONTROL = Symbol('LINK_CONTROL');
