/** A record's place on both sides: who it is, and the cluster it was put into. */
export interface Placed {
  person: string | number;
  cluster: string;
}

export interface Pairwise {
  /** Pairs of records of one person · of one cluster · of both. */
  truePairs: number;
  foundPairs: number;
  rightPairs: number;
  /** Right pairs of all found; 1 where nothing was found. */
  precision: number;
  /** Right pairs of all true; 1 where there is nothing to find. */
  recall: number;
  f1: number;
}

/** Harmonic mean; 0 where both are. */
export const f1Of = (precision: number, recall: number): number =>
  precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);

const pairs = (n: number): number => (n * (n - 1)) / 2;

/** Pairwise precision, recall and F1 of a clustering, from the contingency table: linear in the records. */
export function pairwise(records: Iterable<Placed>): Pairwise {
  const [people, clusters, cells] = [new Map<unknown, number>(), new Map<unknown, number>(), new Map<string, number>()];
  const count = <K>(map: Map<K, number>, key: K): void => void map.set(key, (map.get(key) ?? 0) + 1);
  for (const { person, cluster } of records) {
    count(people, person);
    count(clusters, cluster);
    count(cells, `${cluster}\u001f${person}`);
  }
  const sum = (map: Map<unknown, number>): number => [...map.values()].reduce((total, n) => total + pairs(n), 0);
  const [truePairs, foundPairs, rightPairs] = [sum(people), sum(clusters), sum(cells as Map<unknown, number>)];
  const precision = foundPairs === 0 ? 1 : rightPairs / foundPairs;
  const recall = truePairs === 0 ? 1 : rightPairs / truePairs;
  return { truePairs, foundPairs, rightPairs, precision, recall, f1: f1Of(precision, recall) };
}
