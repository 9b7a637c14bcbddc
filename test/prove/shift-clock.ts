/** Sets the wall clock of this process off by some seconds, for every module that is loaded already too. */
export function shiftClock(seconds: number): void {
  if (seconds === 0) return;
  const True = Date;
  const now = (): number => True.now() + seconds * 1000;
  globalThis.Date = class extends True {
    constructor(...given: unknown[]) {
      super(...((given.length ? given : [now()]) as [number]));
    }
    static override now(): number {
      return now();
    }
  } as DateConstructor;
}
