/** A list from which some places are gone: which places the rows of a page have. */
export class Remaining {
  constructor(
    private readonly total: number,
    /** Ascending. */
    private readonly gone: readonly number[],
  ) {}

  get count(): number {
    return this.total - this.gone.length;
  }

  /** The place of row `number` of what is left. */
  placeOf(number: number): number {
    let low = 0;
    let high = this.gone.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.gone[middle]! - middle <= number) low = middle + 1;
      else high = middle;
    }
    return number + low;
  }

  /** The places of rows [from, to), cut at the end of the list. */
  places(from: number, to: number): number[] {
    const found: number[] = [];
    if (from >= this.count) return found;
    let place = this.placeOf(from);
    let next = place - from;
    for (let number = from; number < Math.min(to, this.count); number++, place++) {
      while (this.gone[next] === place) {
        place += 1;
        next += 1;
      }
      found.push(place);
    }
    return found;
  }
}
