/** Disjoint sets over 0 … size − 1, with path halving. */
export class UnionFind {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = new Int32Array(size);
    for (let index = 0; index < size; index++) this.#parent[index] = index;
  }

  find(index: number): number {
    const parent = this.#parent;
    while (parent[index] !== index) {
      parent[index] = parent[parent[index]!]!;
      index = parent[index]!;
    }
    return index;
  }

  /** The smaller root stays, so the root of a set is its first element. */
  union(a: number, b: number): void {
    const [first, second] = [this.find(a), this.find(b)];
    if (first !== second) this.#parent[Math.max(first, second)] = Math.min(first, second);
  }

  /** Members by set, in order; sets ordered by their first member. */
  sets(): number[][] {
    const byRoot = new Map<number, number[]>();
    for (let index = 0; index < this.#parent.length; index++) {
      const root = this.find(index);
      const set = byRoot.get(root);
      if (set) set.push(index);
      else byRoot.set(root, [index]);
    }
    return [...byRoot.values()];
  }
}
