import type { Progress } from '../../pipeline/sync/index.js';
import { say, type CommandContext } from '../cli/context.js';
import type { Runtime } from './open-runtime.js';

const LINE_EVERY_MS = 10_000;

/** One stream of counters, two renderers: rewritten lines on a terminal, one line every 10 s elsewhere. */
export class SyncProgress {
  readonly #latest = new Map<number, Progress>();
  #spoken = Date.now();
  #stopped = false;

  constructor(private readonly context: CommandContext) {}

  update(progress: Progress): void {
    if (this.#stopped) return;
    this.#latest.set(progress.run, progress);
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${this.#line()}`);
    else if (Date.now() - this.#spoken >= LINE_EVERY_MS) {
      this.#spoken = Date.now();
      say(this.#line());
    }
  }

  stop(): void {
    if (!this.#stopped && process.stderr.isTTY && this.#latest.size) process.stderr.write('\r\u001b[K');
    this.#stopped = true;
  }

  /** The statement of each run, as it stands in the database. */
  async summarise(runtime: Runtime, runs: readonly number[]): Promise<void> {
    const { rows } = await runtime.database.withContext('worker', { actor: 'start' }, (tx) =>
      tx.query<{
        source: string;
        name: string;
        state: string;
        balanced: boolean | null;
        read: string;
        written: string;
        quarantined: string;
        skipped: string;
        error_code: string | null;
      }>(
        `SELECT r.source, s.name, r.state, r.balanced, r.read, r.created + r.updated + r.revived AS written, r.quarantined, r.skipped, r.error_code
         FROM control.sync_run r JOIN control.stream s ON s.id = r.stream WHERE r.id = ANY($1) ORDER BY r.id`,
        [runs],
      ),
    );
    const { words } = this.context;
    for (const row of rows) {
      const mark = row.state === 'SUCCEEDED' && row.balanced ? '✔' : '✘';
      say(
        `  ${mark} ${`${row.source}/${row.name}`.padEnd(24)} ${words('读取', 'read')} ${row.read} · ${words('入库', 'stored')} ${row.written} · ${words('隔离', 'quarantined')} ${row.quarantined} · ${words('跳过', 'skipped')} ${row.skipped} · ${row.balanced ? words('平衡', 'balanced') : words('不平衡', 'not balanced')}${row.error_code ? ` · ${row.error_code}` : ''}`,
      );
    }
  }

  #line(): string {
    const { words } = this.context;
    let [read, stored, quarantined, expected] = [0, 0, 0, 0];
    for (const { counts, expectedTotal } of this.#latest.values()) {
      read += counts.read;
      stored += counts.created + counts.updated + counts.revived + counts.unchanged;
      quarantined += counts.quarantined;
      expected += expectedTotal ?? counts.read;
    }
    return `${words('读取', 'read')} ${read}/${expected} · ${words('入库', 'stored')} ${stored} · ${words('隔离', 'quarantined')} ${quarantined}`;
  }
}
