import { cluster, type Cluster, type Clustering, type KeyGroup } from '../cluster.js';
import { encodeFacts, nodeName, type NodeEvidence } from '../facts.js';
import { RULES } from '../rules/index.js';
import { UnionFind } from '../union-find.js';
import { MOST_SHARING } from '../cluster.js';
import type { PairVerdict, Verdict } from '../verdict.js';

export interface Person extends NodeEvidence {
  source: string;
  personKey: string;
}

/** A verdict by the names of its persons, and what was to be compared when it was given. */
export interface Said {
  a: string;
  b: string;
  verdict: Verdict;
  /** `evidenceOf` then; null: settled, whatever comes. */
  evidence: string | null;
}

/** What is to be compared of two persons, in the memory's own terms. */
export function evidenceOf(one: Person, other: Person): string {
  const [a, b] = nodeName(one) <= nodeName(other) ? [one, other] : [other, one];
  const keysOf = (person: Person): string[] =>
    RULES.flatMap((rule) => rule.texts(person).map((text) => `${rule.kind}${text}`));
  const known = new Set(keysOf(b));
  const shared = [...new Set(keysOf(a).filter((key) => known.has(key)))].sort();
  return JSON.stringify([encodeFacts(a), encodeFacts(b), shared]);
}

/** Links everything at once in memory: what the database must come to, whatever the order and number of workers. */
export function linkAll(
  people: readonly Person[],
  said: readonly Said[] = [],
): {
  clusters: string[][];
  rules: Map<string, string>;
  reviews: string[];
} {
  const keys = new Map<string, { kind: number; members: number[] }>();
  people.forEach((person, index) => {
    for (const rule of RULES)
      for (const text of new Set(rule.texts(person))) {
        const key = `${rule.kind}${text}`;
        const entry = keys.get(key);
        if (entry) entry.members.push(index);
        else keys.set(key, { kind: rule.kind, members: [index] });
      }
  });
  const groups = [...keys.values()].filter((g) => g.members.length > 1 && g.members.length <= MOST_SHARING);
  const sets = new UnionFind(people.length);
  for (const group of groups) for (const member of group.members) sets.union(group.members[0]!, member);
  const placeOf = new Map(people.map((person, index) => [nodeName(person), index]));
  const verdicts = said.flatMap(({ a, b, verdict, evidence }): PairVerdict[] => {
    const [x, y] = [placeOf.get(a), placeOf.get(b)];
    if (x === undefined || y === undefined) return [];
    sets.union(x, y);
    return [{ a: x, b: y, verdict, settled: evidence === null || evidence === evidenceOf(people[x]!, people[y]!) }];
  });
  const clusters: string[][] = [];
  const rules = new Map<string, string>();
  const reviews: string[] = [];
  for (const inside of sets.sets()) {
    const at = new Map(inside.map((index, position) => [index, position]));
    const own: KeyGroup[] = groups
      .filter((group) => at.has(group.members[0]!))
      .map((group) => ({ kind: group.kind, members: group.members.map((member) => at.get(member)!) }));
    const nodes = inside.map((index) => people[index]!);
    const found: Clustering = cluster({
      nodes,
      groups: own,
      verdicts: verdicts.filter(({ a }) => at.has(a)).map((one) => ({ ...one, a: at.get(one.a)!, b: at.get(one.b)! })),
    });
    for (const one of found.clusters) {
      clusters.push(names(one, nodes));
      one.members.forEach((member, i) => rules.set(nodeName(nodes[member]!), one.reasons[i]!.rule));
    }
    for (const review of found.reviews)
      reviews.push(
        `${review.reason}: ${review.members
          .map((member) => nodeName(nodes[member]!))
          .sort()
          .join(', ')}`,
      );
  }
  return { clusters: clusters.sort((a, b) => (a[0]! < b[0]! ? -1 : 1)), rules, reviews: reviews.sort() };
}

const names = (one: Cluster, nodes: readonly Person[]): string[] =>
  one.members.map((member) => nodeName(nodes[member]!)).sort();
