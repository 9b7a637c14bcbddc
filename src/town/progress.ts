/** Progress on standard error: a line at once, then at most one every second, and one at the end. */
export class Progress {
  private readonly begun = performance.now();
  private next = 0;

  constructor(
    private readonly system: string,
    private readonly what: string,
    private readonly total: number,
  ) {}

  tick(done: number): void {
    const now = performance.now();
    if (now < this.next) return;
    if (this.next !== 0) {
      const share = this.total === 0 ? 100 : Math.floor((done / this.total) * 100);
      say(this.system, `${this.what} ${done}/${this.total} · ${share} %`);
    }
    this.next = now + 1000;
  }

  done(count = this.total): void {
    say(this.system, `${this.what} ${count} · ${((performance.now() - this.begun) / 1000).toFixed(1)} s`);
  }
}

export function say(system: string, text: string): void {
  process.stderr.write(`town ${system.padEnd(8)} ${text}\n`);
}
