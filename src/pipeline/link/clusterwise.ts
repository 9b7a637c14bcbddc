import { f1Of, type Placed } from './pairwise.js';

/** Whole clusters: one is right only if it is exactly one person's records. */
export interface ExactClusters {
  people: number;
  clusters: number;
  right: number;
  /** Right clusters of all found. */
  precision: number;
  /** People found whole of all people. */
  recall: number;
  f1: number;
}

/**
 * B-cubed (Bagga and Baldwin 1998): how much of its cluster, and how much of its person, a record has beside it, itself
 * counted, on average over the records. Unlike pairs, it does not weigh large clusters by their square.
 */
export interface BCubed {
  precision: number;
  recall: number;
  f1: number;
}

export interface Clusterwise {
  exact: ExactClusters;
  bCubed: BCubed;
}

/** Both measures of a clustering from the contingency table, linear in the records; 1 where there is no record. */
export function clusterwise(records: Iterable<Placed>): Clusterwise {
  const people = new Map<unknown, number>();
  const clusters = new Map<string, number>();
  const cells = new Map<string, { person: unknown; cluster: string; count: number }>();
  let total = 0;
  for (const { person, cluster } of records) {
    total += 1;
    people.set(person, (people.get(person) ?? 0) + 1);
    clusters.set(cluster, (clusters.get(cluster) ?? 0) + 1);
    const name = `${cluster}\u001f${person}`;
    const cell = cells.get(name);
    if (cell) cell.count += 1;
    else cells.set(name, { person, cluster, count: 1 });
  }
  let [right, inCluster, inPerson] = [0, 0, 0];
  for (const { person, cluster, count } of cells.values()) {
    const [ofCluster, ofPerson] = [clusters.get(cluster)!, people.get(person)!];
    if (count === ofCluster && count === ofPerson) right += 1;
    inCluster += (count * count) / ofCluster;
    inPerson += (count * count) / ofPerson;
  }
  const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  const exact = { precision: share(right, clusters.size), recall: share(right, people.size) };
  const bCubed = { precision: share(inCluster, total), recall: share(inPerson, total) };
  return {
    exact: {
      people: people.size,
      clusters: clusters.size,
      right,
      ...exact,
      f1: f1Of(exact.precision, exact.recall),
    },
    bCubed: { ...bCubed, f1: f1Of(bCubed.precision, bCubed.recall) },
  };
}
