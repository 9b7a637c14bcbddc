import type { Tx } from '../../platform/database/index.js';
import { MOST_SHARING } from './cluster.js';
import type { KeyLocks } from './lock-keys.js';
import { kindOf, type MatchKey } from './match-keys.js';
import { holdersOfKeys, nodesById, type NodeChanges, type StoredNode } from './node.repository.js';

/** Everything a batch may change: whole components, as they are once the batch is written. */
export interface Neighbourhood {
  nodes: Map<number, StoredNode>;
  groups: { kind: number; members: number[] }[];
}

/**
 * Finds the components that the changed nodes belong to or belonged to, from key to nodes to keys until nothing new
 * comes. Keys with too many holders lead nowhere; where a change carries a key over that limit, in either direction,
 * its former holders are looked at again.
 *
 * @returns null when a key outside the held locks was met: take the locks again and repeat.
 */
export async function expand(tx: Tx, changes: NodeChanges, locks: KeyLocks): Promise<Neighbourhood | null> {
  const dirty = new Set<number>();
  const holdersNow = new Map<MatchKey, number[]>();
  const nodes = new Map<number, StoredNode>();
  for (const node of changes.gone) dirty.add(node.id);
  for (const node of [...changes.created, ...changes.changed.map((change) => change.node)]) {
    dirty.add(node.id);
    nodes.set(node.id, node);
    for (const key of node.keys) {
      const holders = holdersNow.get(key);
      if (holders) holders.push(node.id);
      else holdersNow.set(key, [node.id]);
    }
  }
  const groups: Neighbourhood['groups'] = [];
  const seen = new Set<MatchKey>();
  let frontier = dirtyKeys(changes);
  while (frontier.length > 0) {
    for (const key of frontier) seen.add(key);
    const before = await holdersOfKeys(tx, frontier);
    const visit = new Set<number>();
    for (const key of frontier) {
      const old = before.get(key);
      const mine = holdersNow.get(key);
      if (old === undefined && (mine === undefined || mine.length === 1)) continue;
      const others = (old ?? []).filter((id) => !dirty.has(id));
      const now = mine === undefined ? others : others.concat(mine);
      const counts = now.length > 1 && now.length <= MOST_SHARING;
      if (counts) groups.push({ kind: kindOf(key), members: now });
      if (counts || (old ?? []).length <= MOST_SHARING) for (const id of others) if (!nodes.has(id)) visit.add(id);
    }
    const next = new Set<MatchKey>();
    for (const node of await nodesById(tx, [...visit])) {
      nodes.set(node.id, node);
      for (const key of node.keys) if (!seen.has(key)) next.add(key);
    }
    locks.want(next);
    if (!locks.complete) return null;
    frontier = [...next];
  }
  return { nodes, groups };
}

/** Keys that the changed nodes have or had. */
export function dirtyKeys(changes: NodeChanges): MatchKey[] {
  const keys = new Set<MatchKey>();
  const add = (list: readonly MatchKey[]): void => list.forEach((key) => keys.add(key));
  for (const node of changes.created) add(node.keys);
  for (const node of changes.gone) add(node.keys);
  for (const { node, before } of changes.changed) {
    add(node.keys);
    add(before);
  }
  return [...keys];
}
