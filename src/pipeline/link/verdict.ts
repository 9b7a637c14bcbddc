/**
 * What a person said of two records: they are one human being, they are two, or it cannot be told from what is known.
 * The first two bind the rules; the third only keeps the doubt from being raised again.
 */
export const VERDICTS = ['SAME', 'DIFFERENT', 'UNCLEAR'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A verdict on two nodes of a component, or on one alone (`a` = `b`). */
export interface PairVerdict {
  /** Index of a node. */
  a: number;
  b: number;
  verdict: Verdict;
  /** What was to be compared is what it was when the verdict was given: no need to ask again. */
  settled: boolean;
}

/** The verdicts on the nodes of one component, by positions. */
export class Verdicts {
  readonly #apart = new Map<number, Set<number>>();

  constructor(readonly all: readonly PairVerdict[]) {
    for (const { a, b, verdict } of all) {
      if (verdict !== 'DIFFERENT' || a === b) continue;
      this.#put(a, b);
      this.#put(b, a);
    }
  }

  /** True when nobody said of any two nodes that they are two people. */
  get noneApart(): boolean {
    return this.#apart.size === 0;
  }

  /** True when somebody said so of one of these and one of those. */
  apart(these: readonly number[], those: readonly number[]): boolean {
    if (this.noneApart) return false;
    return these.some((one) => {
      const others = this.#apart.get(one);
      return others !== undefined && those.some((other) => others.has(other));
    });
  }

  /**
   * True when a doubt about these nodes was decided on just what is known now. People found to be one share their
   * verdicts: what was said of one record and another holds for all records of the two.
   *
   * @param personOf the cluster of a node.
   */
  settles(members: readonly number[], personOf: (node: number) => number): boolean {
    if (this.all.length === 0) return false;
    if (members.length === 1) return this.all.some(({ a, b, settled }) => a === members[0] && a === b && settled);
    const people = new Map<string, boolean>();
    const inside = new Set(members);
    let open = false;
    for (const { a, b, verdict, settled } of this.all) {
      if (a === b) continue;
      const [x, y] = [personOf(a), personOf(b)];
      if (x === y) open ||= !settled && inside.has(a) && inside.has(b);
      const key = pairOf(x, y);
      // Two who were to be one and are not: other verdicts speak against it.
      const obeyed = x === y || verdict !== 'SAME';
      people.set(key, settled && obeyed && people.get(key) !== false);
    }
    if (open) return false;
    const persons = [...new Set(members.map(personOf))];
    if (persons.length === 1) return people.has(pairOf(persons[0]!, persons[0]!));
    return persons.every((x, at) => persons.slice(at + 1).every((y) => people.get(pairOf(x, y)) === true));
  }

  #put(from: number, to: number): void {
    const known = this.#apart.get(from);
    if (known) known.add(to);
    else this.#apart.set(from, new Set([to]));
  }
}

const pairOf = (a: number, b: number): string => (a < b ? `${a}:${b}` : `${b}:${a}`);
