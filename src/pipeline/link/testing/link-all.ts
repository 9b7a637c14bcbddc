import { cluster, type Cluster, type Clustering, type KeyGroup } from '../cluster.js';
import { nodeName, type NodeEvidence } from '../facts.js';
import { RULES } from '../rules/index.js';
import { UnionFind } from '../union-find.js';
import { MOST_SHARING } from '../cluster.js';

export interface Person extends NodeEvidence {
  source: string;
  personKey: string;
}

/** Links everything at once in memory: what the database must come to, whatever the order and number of workers. */
export function linkAll(people: readonly Person[]): {
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
  const clusters: string[][] = [];
  const rules = new Map<string, string>();
  const reviews: string[] = [];
  for (const inside of sets.sets()) {
    const at = new Map(inside.map((index, position) => [index, position]));
    const own: KeyGroup[] = groups
      .filter((group) => at.has(group.members[0]!))
      .map((group) => ({ kind: group.kind, members: group.members.map((member) => at.get(member)!) }));
    const nodes = inside.map((index) => people[index]!);
    const found: Clustering = cluster({ nodes, groups: own });
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
