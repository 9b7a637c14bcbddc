import { nodeName, type LinkNode } from './facts.js';
import { joinUnits, type Against, type Edge } from './join-units.js';
import { distinctReviews, type Review } from './review.js';
import { ruleOfKind, RULES, type RuleCode } from './rules/index.js';
import { UnionFind } from './union-find.js';
import { agreeOnName } from './agree-on-name.js';
import { contradiction, unitOf, type Unit } from './unit.js';
import { Verdicts, type PairVerdict } from './verdict.js';

/** A key that more nodes share is no evidence: a clerk's own phone, a dormitory, a number typed to get past a form. */
export const MOST_SHARING = 20;

/** The nodes of one connected component of match keys, and the keys that two or more of them share. */
export interface Component {
  nodes: readonly LinkNode[];
  groups: readonly KeyGroup[];
  /** What people said of pairs of the nodes. */
  verdicts?: readonly PairVerdict[];
}
export interface KeyGroup {
  /** Kind of the rule the key belongs to. */
  kind: number;
  /** Indexes of the nodes that have the key. */
  members: readonly number[];
}

/**
 * Why a node is in its cluster: the strongest rule that ties it to another node (a person's verdict before any), and
 * the sources of those nodes.
 */
export interface MemberReason {
  rule: RuleCode | 'single' | 'verdict';
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
 * Which nodes of a component are one person. A pure function of the component and of what people said of its nodes:
 * neither the order of nodes, keys, members or verdicts nor how it was clustered before has a part in it. A verdict
 * goes before every rule; where verdicts contradict each other, two people stay two.
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

  const verdicts = (component.verdicts ?? []).map((one) => ({ ...one, a: place[one.a]!, b: place[one.b]! }));
  const state = new State(nodes, new Verdicts(verdicts));
  state.joinVerdicts();
  state.joinNumbers(groups.filter((group) => group.kind === 1));
  for (const rule of RULES.slice(1)) state.joinUnits(rule.kind, groups);
  const back = (position: number): number => order[position]!.index;
  return {
    clusters: state.sets.sets().map((members) => ({
      members: members.map(back),
      reasons: members.map((member) => state.reason(member)),
    })),
    reviews: distinctReviews(state.openReviews()).map((review) => ({ ...review, members: review.members.map(back) })),
  };
}

/** In place of a rule's kind where a person tied two nodes. */
const VERDICT = -1;

class State {
  readonly sets: UnionFind;
  readonly #reviews: Review[] = [];
  /** Per node: the strongest kind that ties it (0 none), and the sources it ties it to. */
  readonly #kind: Int32Array;
  readonly #with: (Set<string> | undefined)[] = [];

  constructor(
    private readonly nodes: readonly LinkNode[],
    private readonly verdicts: Verdicts,
  ) {
    this.sets = new UnionFind(nodes.length);
    this.#kind = new Int32Array(nodes.length);
    nodes.forEach((node, index) => {
      if (node.ids.length > 1) this.#review('one-record-two-numbers', [index]);
    });
  }

  /** People who were said to be one. */
  joinVerdicts(): void {
    const pairs = this.verdicts.all.flatMap(({ a, b, verdict }) =>
      verdict === 'SAME' && a !== b ? [[a, b] as const] : [],
    );
    if (pairs.length > 0) this.#join(VERDICT, pairs, this.#apart);
  }

  /** Rule 1: see `agreeOnName`. */
  joinNumbers(groups: readonly KeyGroup[]): void {
    const pairs: (readonly [number, number])[] = [];
    for (const { kind, members } of groups) {
      const able = members.filter((m) => this.nodes[m]!.ids.length === 1 && this.nodes[m]!.names.length > 0);
      if (able.length < 2) continue;
      const people = agreeOnName(able.map((member) => this.nodes[member]!));
      for (const person of people)
        for (let i = 0; i < person.length; i++)
          for (let j = i + 1; j < person.length; j++) {
            const [a, b] = [able[person[i]!]!, able[person[j]!]!];
            if (this.verdicts.noneApart) this.#tie(kind, a, b);
            else pairs.push([a, b]);
          }
      if (people.length > 1) this.#review('same-number-other-name', able);
    }
    if (pairs.length > 0) this.#join(1, pairs, this.#apart);
  }

  /** Rules 2 and 3, over the people found so far. */
  joinUnits(kind: number, groups: readonly KeyGroup[]): void {
    const pairs: (readonly [number, number])[] = [];
    for (const group of groups)
      if (group.kind === kind)
        for (let i = 0; i < group.members.length; i++)
          for (let j = i + 1; j < group.members.length; j++) pairs.push([group.members[i]!, group.members[j]!]);
    if (pairs.length > 0) this.#join(kind, pairs, (a, b) => this.#apart(a, b) ?? contradiction(a, b));
  }

  /** Doubts that nobody has settled. */
  openReviews(): Review[] {
    const personOf = (node: number): number => this.sets.find(node);
    return oneForSamePeople(this.#reviews, personOf).filter(({ members }) => !this.verdicts.settles(members, personOf));
  }

  readonly #apart: Against = (a, b) => (this.verdicts.apart(a.members, b.members) ? 'decided-apart' : null);

  /** Joins what the pairs connect, as far as nothing speaks against it. */
  #join(kind: number, pairs: readonly (readonly [number, number])[], against: Against): void {
    const units: Unit[] = this.sets.sets().map((members) => unitOf(members, this.nodes));
    const unitAt = new Int32Array(this.nodes.length);
    units.forEach((unit, index) => unit.members.forEach((member) => (unitAt[member] = index)));
    const { accepted, doubts } = joinUnits(units, edgesOf(pairs, unitAt), against);
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
      : { rule: kind === VERDICT ? 'verdict' : ruleOfKind(kind), with: [...this.#with[member]!].sort() };
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
    this.#reviews.push({ reason, members });
  }
}

/** Who was parted and still fits is one doubt about two people, however many of their records fit. */
function oneForSamePeople(reviews: readonly Review[], personOf: (node: number) => number): Review[] {
  const merged = new Map<string, Set<number>>();
  for (const { reason, members } of reviews) {
    if (reason !== 'decided-apart') continue;
    const people = [...new Set(members.map(personOf))].sort((a, b) => a - b).join(',');
    const all = merged.get(people) ?? new Set();
    for (const member of members) all.add(member);
    merged.set(people, all);
  }
  const apart = [...merged.values()].map((members): Review => ({
    reason: 'decided-apart',
    members: [...members].sort((a, b) => a - b),
  }));
  return [...reviews.filter(({ reason }) => reason !== 'decided-apart'), ...apart];
}

/** One edge for each two units that pairs connect. */
function edgesOf(pairs: readonly (readonly [number, number])[], unitAt: Int32Array): Edge[] {
  const edges = new Map<string, Edge>();
  for (const pair of pairs) {
    const [a, b] = [unitAt[pair[0]]!, unitAt[pair[1]]!];
    if (a === b) continue;
    const key = a < b ? `${a}:${b}` : `${b}:${a}`;
    const edge = edges.get(key);
    if (edge) edge.pairs.push(pair);
    else edges.set(key, { a: Math.min(a, b), b: Math.max(a, b), pairs: [pair] });
  }
  return [...edges.values()];
}
