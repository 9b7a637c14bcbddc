/** A cluster that needs a resident: the residents its members had, null for new nodes. */
export type FormerResidents = readonly (string | null)[];

/**
 * Gives every cluster a resident so that ids survive re-linking. A resident goes to the cluster that holds most of its
 * members (the earlier cluster on a tie); a cluster that wins several keeps the oldest (ids are ordered by time);
 * one that wins none gets a new id.
 *
 * @param clusters in a fixed order.
 */
export function assignResidents(clusters: readonly FormerResidents[], newId: () => string): string[] {
  const claims = new Map<string, { cluster: number; votes: number }>();
  clusters.forEach((residents, cluster) => {
    const votes = new Map<string, number>();
    for (const resident of residents) if (resident !== null) votes.set(resident, (votes.get(resident) ?? 0) + 1);
    for (const [resident, count] of votes) {
      const best = claims.get(resident);
      if (!best || count > best.votes) claims.set(resident, { cluster, votes: count });
    }
  });
  const won = new Map<number, string>();
  for (const [resident, { cluster }] of claims) {
    const kept = won.get(cluster);
    if (kept === undefined || resident < kept) won.set(cluster, resident);
  }
  return clusters.map((_, cluster) => won.get(cluster) ?? newId());
}
