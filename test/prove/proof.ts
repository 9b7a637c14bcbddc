/** One promise, measured. Printed as one line of JSON. */
export interface Proof {
  id: string;
  promise: string;
  figure: number | string;
  target: string;
  pass: boolean;
  seed: number;
}

export type Scale = 'full' | 'tenth';

export interface SuiteOptions {
  seed: number;
  scale: Scale;
  /** Talk for whoever watches. */
  say: (line: string) => void;
}

export type Suite = (options: SuiteOptions) => Promise<Proof[]>;

/** Lines up promises of one suite and seed. */
export class Proofs {
  readonly all: Proof[] = [];

  constructor(
    private readonly suite: string,
    private readonly seed: number,
  ) {}

  add(id: string, promise: string, figure: number | string, target: string, pass: boolean): void {
    this.all.push({ id: `${this.suite}.${id}`, promise, figure, target, pass, seed: this.seed });
  }

  /** Two digests that must agree. */
  equal(id: string, promise: string, found: string, wanted: string): void {
    const same = found === wanted;
    this.add(id, promise, same ? 'equal' : `${found.slice(0, 12)} ≠ ${wanted.slice(0, 12)}`, 'equal', same);
  }

  /** A count that must be zero. */
  none(id: string, promise: string, count: number): void {
    this.add(id, promise, count, '0', count === 0);
  }
}
