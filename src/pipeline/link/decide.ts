import { assignResidents } from './assign-residents.js';
import { cluster, type MemberReason } from './cluster.js';
import type { Neighbourhood } from './expand.js';
import { decodeFacts, type LinkNode } from './facts.js';
import { kindOf, VERDICT_KIND } from './match-keys.js';
import type { StoredNode } from './node.repository.js';
import type { ReviewReason } from './review.js';
import { UnionFind } from './union-find.js';
import type { PairVerdict } from './verdict.js';
import type { StoredVerdict } from './verdict.repository.js';

/** A node that moves to a resident or stays for another reason. */
export interface Move {
  node: StoredNode;
  resident: string;
  reason: MemberReason;
}
export interface FoundReview {
  reason: ReviewReason;
  members: StoredNode[];
}
export interface Decision {
  /** Only what differs from what is stored. */
  moves: Move[];
  reviews: FoundReview[];
  created: Set<string>;
}

/** Clusters every component of the neighbourhood and compares with what is stored. Pure but for the new ids. */
export function decide(around: Neighbourhood, verdicts: readonly StoredVerdict[], newId: () => string): Decision {
  const nodes = [...around.nodes.values()];
  const position = new Map(nodes.map((node, index) => [node.id, index]));
  const sets = new UnionFind(nodes.length);
  const groups = around.groups.map(({ kind, members }) => ({ kind, members: members.map((id) => position.get(id)!) }));
  for (const { members } of groups) for (const member of members) sets.union(members[0]!, member);
  const pairs = verdicts.map((one) => ({ ...one, a: position.get(one.a)!, b: position.get(one.b)! }));
  for (const { a, b } of pairs) sets.union(a, b);
  const groupsOf = new Map<number, typeof groups>();
  for (const group of groups) {
    const root = sets.find(group.members[0]!);
    const list = groupsOf.get(root);
    if (list) list.push(group);
    else groupsOf.set(root, [group]);
  }

  const verdictsOf = new Map<number, PairVerdict[]>();
  for (const pair of pairs) {
    const root = sets.find(pair.a);
    const list = verdictsOf.get(root);
    if (list) list.push(pair);
    else verdictsOf.set(root, [pair]);
  }

  const clusters: StoredNode[][] = [];
  const reasons: MemberReason[][] = [];
  const reviews: FoundReview[] = [];
  const place = new Int32Array(nodes.length);
  for (const members of sets.sets()) {
    const own = groupsOf.get(members[0]!);
    const said = verdictsOf.get(members[0]!) ?? [];
    if (own === undefined && members.length === 1 && !hasTwoNumbers(nodes[members[0]!]!)) {
      clusters.push([nodes[members[0]!]!]);
      reasons.push([SINGLE]);
      continue;
    }
    members.forEach((member, index) => (place[member] = index));
    const linkNodes = members.map((member) => linkNode(nodes[member]!));
    const found = cluster({
      nodes: linkNodes,
      groups: (own ?? [])
        .filter(({ kind }) => kind < VERDICT_KIND)
        .map((group) => ({ kind: group.kind, members: group.members.map((member) => place[member]!) })),
      verdicts: said.map((one) => ({ ...one, a: place[one.a]!, b: place[one.b]! })),
    });
    for (const one of found.clusters) {
      clusters.push(one.members.map((member) => nodes[members[member]!]!));
      reasons.push(one.reasons);
    }
    for (const review of found.reviews)
      reviews.push({ reason: review.reason, members: review.members.map((member) => nodes[members[member]!]!) });
  }

  const created = new Set<string>();
  const residents = assignResidents(clusters, () => {
    const id = newId();
    created.add(id);
    return id;
  });
  const moves: Move[] = [];
  clusters.forEach((members, index) =>
    members.forEach((node, at) => {
      const [resident, reason] = [residents[index]!, reasons[index]![at]!];
      if (node.resident !== resident || !sameReason(node.reason, reason)) moves.push({ node, resident, reason });
    }),
  );
  return { moves, reviews, created };
}

const SINGLE: MemberReason = { rule: 'single', with: [] };

/** Keys are sorted and those of numbers come first. */
const hasTwoNumbers = (node: StoredNode): boolean => node.keys.length > 1 && kindOf(node.keys[1]!) === 1;

function linkNode({ source, personKey, facts }: StoredNode): LinkNode {
  const { names, aliases, births, sexes, ids } = decodeFacts(facts);
  return { source, personKey, names, aliases, births, sexes, ids };
}

const sameReason = (a: MemberReason | null, b: MemberReason): boolean =>
  a !== null &&
  a.rule === b.rule &&
  a.with.length === b.with.length &&
  a.with.every((source, i) => source === b.with[i]);
