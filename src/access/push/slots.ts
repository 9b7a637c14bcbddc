/** Counts what is in hand under several names at once, each with its own bound. */
export class Slots {
  readonly #inHand = new Map<string, number>();

  /** Takes one place under every name. @returns how to give them back, or null where one of them is full. */
  take(places: readonly (readonly [name: string, most: number])[]): (() => void) | null {
    if (places.some(([name, most]) => this.#count(name) >= most)) return null;
    for (const [name] of places) this.#inHand.set(name, this.#count(name) + 1);
    return () => {
      for (const [name] of places) {
        const left = this.#count(name) - 1;
        if (left > 0) this.#inHand.set(name, left);
        else this.#inHand.delete(name);
      }
    };
  }

  #count(name: string): number {
    return this.#inHand.get(name) ?? 0;
  }
}
