import { MultiBar, type SingleBar } from 'cli-progress';
import { say, type CommandContext } from '../context.js';
import { hasColours } from '../terminal.js';
import type { RunLine } from './run.repository.js';

const LINE_EVERY_MS = 10_000;

/** One stream of counters, two renderers. */
export interface RunView {
  update(runs: readonly RunLine[]): void;
  stop(): void;
}

const written = ({ counts: c }: RunLine): number => c.created + c.updated + c.unchanged + c.revived;

const numbers = ({ words }: CommandContext, run: RunLine): string =>
  `${words('入库', 'stored')} ${written(run)} · ${words('隔离', 'quarantined')} ${run.counts.quarantined} · ${words('跳过', 'skipped')} ${run.counts.skipped}`;

/** Whole bars need a total; where the source tells none, the bar counts without end and fills when it is done. */
const totalOf = (run: RunLine): number =>
  run.endedAt ? Math.max(1, run.counts.read) : Math.max(run.expectedTotal ?? 0, run.counts.read + 1);

/** A bar for each stream, on a terminal. */
export class RunBars implements RunView {
  readonly #bars: MultiBar;
  readonly #byRun = new Map<number, SingleBar>();

  constructor(private readonly context: CommandContext) {
    this.#bars = new MultiBar({
      stream: process.stderr,
      format: '{name} [{bar}] {value}/{total} · {rest}',
      ...(hasColours(process.stderr) ? {} : { barCompleteChar: '#', barIncompleteChar: '.' }),
      barsize: 24,
      hideCursor: true,
      emptyOnZero: true,
      forceRedraw: true,
    });
  }

  update(runs: readonly RunLine[]): void {
    const width = Math.max(...runs.map((run) => run.source.length + run.stream.length + 1));
    for (const run of runs) {
      const payload = { name: `${run.source}/${run.stream}`.padEnd(width), rest: numbers(this.context, run) };
      const bar = this.#byRun.get(run.id);
      if (!bar) this.#byRun.set(run.id, this.#bars.create(totalOf(run), run.counts.read, payload));
      else {
        bar.setTotal(totalOf(run));
        bar.update(run.counts.read, payload);
      }
    }
  }

  stop(): void {
    this.#bars.stop();
  }
}

/** A line every 10 seconds and one at each stream's end, where nobody watches. */
export class RunLines implements RunView {
  #spoken = Date.now();
  readonly #ended = new Set<number>();

  constructor(private readonly context: CommandContext) {}

  update(runs: readonly RunLine[]): void {
    for (const run of runs)
      if (run.endedAt && !this.#ended.has(run.id)) {
        this.#ended.add(run.id);
        this.#line(run);
      }
    if (Date.now() - this.#spoken < LINE_EVERY_MS) return;
    this.#spoken = Date.now();
    for (const run of runs) if (!run.endedAt) this.#line(run);
  }

  stop(): void {}

  #line(run: RunLine): void {
    const { words } = this.context;
    const total = run.expectedTotal === null ? '' : `/${run.expectedTotal}`;
    say(
      `  ${run.source}/${run.stream} ${run.state} · ${words('读取', 'read')} ${run.counts.read}${total} · ${numbers(this.context, run)}`,
    );
  }
}
