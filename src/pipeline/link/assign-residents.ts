/** A node of a cluster that needs a resident: the one it had (null: none), and its id, which tells its age. */
export interface Former {
  resident: string | null;
  id: number;
}

interface Claim {
  cluster: number;
  votes: number;
  /** Lowest id of the nodes that vote: ids are handed out in time. */
  eldest: number;
}

/**
 * Gives every cluster a resident so that ids survive re-linking. A resident goes to the cluster that holds most of its
 * members, of equals to the one with the eldest of them; a cluster that wins several keeps the oldest resident (ids are
 * ordered by time); one that wins none gets a new id.
 */
export function assignResidents(clusters: readonly (readonly Former[])[], newId: () => string): string[] {
  const best = new Map<string, Claim>();
  clusters.forEach((nodes, cluster) => {
    const claims = new Map<string, Claim>();
    for (const { resident, id } of nodes) {
      if (resident === null) continue;
      const claim = claims.get(resident);
      if (!claim) claims.set(resident, { cluster, votes: 1, eldest: id });
      else {
        claim.votes += 1;
        claim.eldest = Math.min(claim.eldest, id);
      }
    }
    for (const [resident, claim] of claims) {
      const known = best.get(resident);
      if (!known || claim.votes > known.votes || (claim.votes === known.votes && claim.eldest < known.eldest))
        best.set(resident, claim);
    }
  });
  const won = new Map<number, string>();
  for (const [resident, { cluster }] of best) {
    const kept = won.get(cluster);
    if (kept === undefined || resident < kept) won.set(cluster, resident);
  }
  return clusters.map((_, cluster) => won.get(cluster) ?? newId());
}
