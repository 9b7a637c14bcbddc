import { nodeName, type LinkNode } from './facts.js';
import { joinUnits, type Edge } from './join-units.js';
import { distinctReviews, type Review } from './review.js';
import { ruleOfKind, RULES, type RuleCode } from './rules/index.js';
import { UnionFind } from './union-find.js';
import { agreeOnName } from './agree-on-name.js';
import { unitOf, type Unit } from './unit.js';

/** A key that more nodes share is no evidence: a clerk's own phone, a dormitory, a number typed to get past a form. */
export const MOST_SHARING = 20;

/** The nodes of one connected component of match keys, and the keys that two or more of them share. */
export interface Component {
  nodes: readonly LinkNode[];
  groups: readonly KeyGroup[];
}
export interface KeyGroup {
  /** Kind of the rule the key belongs to. */
  kind: number;
  /** Indexes of the nodes that have the key. */
  members: readonly number[];
}

/** Why a node is in its cluster: the strongest rule that ties it to another node, and the sources of those nodes. */
export interface MemberReason {
  rule: RuleCode | 'single';
  with: string[];
}
export interface Cluster {
  /** Indexes of nodes. */
  members: number[];
  reasons: MemberReason[];
}
export interface Clustering {
  clusters: Cluster[];
  reviews: Review[];
}

/**
 * Which nodes of a component are one person. A pure function of the component: neither the order of nodes, keys or
 * members nor anything that was decided before has a part in it.
 */
export function cluster(component: Component): Clustering {
  const order = component.nodes.map((node, index) => ({ name: nodeName(node), index }));
  order.sort((a, b) => (a.name < b.name ? -1 : 1));
  const place = new Int32Array(order.length);
  order.forEach(({ index }, position) => (place[index] = position));
  const nodes = order.map(({ index }) => component.nodes[index]!);
  const groups = component.groups
    .filter((group) => group.members.length > 1 && group.members.length <= MOST_SHARING)
    .map((group) => ({
      kind: group.kind,
      members: group.members.map((member) => place[member]!).sort((a, b) => a - b),
    }));

  const state = new State(nodes);
  state.joinNumbers(groups.filter((group) => group.kind === 1));
  for (const rule of RULES.slice(1)) state.joinUnits(rule.kind, groups);
  const back = (position: number): number => order[position]!.index;
  return {
    clusters: state.sets.sets().map((members) => ({
      members: members.map(back),
      reasons: members.map((member) => state.reason(member)),
    })),
    reviews: distinctReviews(state.reviews).map((review) => ({ ...review, members: review.members.map(back) })),
  };
}

class State {
  readonly sets: UnionFind;
  readonly reviews: Review[] = [];
  /** Per node: the strongest kind that ties it (0 none), and the sources it ties it to. */
  readonly #kind: Int32Array;
  readonly #with: (Set<string> | undefined)[] = [];

  constructor(private readonly nodes: readonly LinkNode[]) {
    this.sets = new UnionFind(nodes.length);
    this.#kind = new Int32Array(nodes.length);
    nodes.forEach((node, index) => {
      if (node.ids.length > 1) this.#review('one-record-two-numbers', [index]);
    });
  }

  /** Rule 1: see `agreeOnName`. */
  joinNumbers(groups: readonly KeyGroup[]): void {
    for (const { kind, members } of groups) {
      const able = members.filter((m) => this.nodes[m]!.ids.length === 1 && this.nodes[m]!.names.length > 0);
      if (able.length < 2) continue;
      const people = agreeOnName(able.map((member) => this.nodes[member]!));
      for (const person of people)
        for (let i = 0; i < person.length; i++)
          for (let j = i + 1; j < person.length; j++) this.#tie(kind, able[person[i]!]!, able[person[j]!]!);
      if (people.length > 1) this.#review('same-number-other-name', able);
    }
  }

  /** Rules 2 and 3, over the people found so far. */
  joinUnits(kind: number, groups: readonly KeyGroup[]): void {
    if (!groups.some((group) => group.kind === kind)) return;
    const units: Unit[] = this.sets.sets().map((members) => unitOf(members, this.nodes));
    const unitAt = new Int32Array(this.nodes.length);
    units.forEach((unit, index) => unit.members.forEach((member) => (unitAt[member] = index)));
    const { accepted, doubts } = joinUnits(units, edgesOf(kind, groups, unitAt));
    for (const edge of accepted) for (const [a, b] of edge.pairs) this.#tie(kind, a, b);
    for (const doubt of doubts)
      this.#review(
        doubt.reason,
        [...doubt.members].sort((a, b) => a - b),
      );
  }

  reason(member: number): MemberReason {
    const kind = this.#kind[member]!;
    return kind === 0
      ? { rule: 'single', with: [] }
      : { rule: ruleOfKind(kind), with: [...this.#with[member]!].sort() };
  }

  #tie(kind: number, a: number, b: number): void {
    this.sets.union(a, b);
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      if (this.#kind[from] === 0) this.#kind[from] = kind;
      if (this.#kind[from] === kind) (this.#with[from] ??= new Set()).add(this.nodes[to]!.source);
    }
  }

  #review(reason: Review['reason'], members: number[]): void {
    this.reviews.push({ reason, members });
  }
}

/** One edge for each two units that share a key of the kind. */
function edgesOf(kind: number, groups: readonly KeyGroup[], unitAt: Int32Array): Edge[] {
  const edges = new Map<string, Edge>();
  for (const group of groups) {
    if (group.kind !== kind) continue;
    for (let i = 0; i < group.members.length; i++)
      for (let j = i + 1; j < group.members.length; j++) {
        const pair = [group.members[i]!, group.members[j]!] as const;
        const [a, b] = [unitAt[pair[0]]!, unitAt[pair[1]]!];
        if (a === b) continue;
        const key = a < b ? `${a}:${b}` : `${b}:${a}`;
        const edge = edges.get(key);
        if (edge) edge.pairs.push(pair);
        else edges.set(key, { a: Math.min(a, b), b: Math.max(a, b), pairs: [pair] });
      }
  }
  return [...edges.values()];
}
