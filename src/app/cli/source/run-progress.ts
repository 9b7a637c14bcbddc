import progressBars, { type GenericFormatter, type MultiBar, type SingleBar } from 'cli-progress';
import { say, type CommandContext } from '../context.js';
import { hasColours } from '../terminal.js';
import type { RunLine } from './run.repository.js';

const LINE_EVERY_MS = 10_000;

/** One stream of counters, two renderers. */
export interface RunView {
  update(runs: readonly RunLine[]): void;
  stop(): void;
}

const written = ({ counts: c }: RunLine): number => c.created + c.updated + c.revived;

const numbers = ({ words }: CommandContext, run: RunLine): string =>
  `${words('入库', 'stored')} ${written(run)}${run.counts.unchanged ? ` · ${words('未变', 'unchanged')} ${run.counts.unchanged}` : ''} · ${words('隔离', 'quarantined')} ${run.counts.quarantined} · ${words('跳过', 'skipped')} ${run.counts.skipped}`;

/** Null where the source tells no total and the run is not over: then the bar only counts. */
const totalOf = (run: RunLine): number | null => (run.endedAt ? run.counts.read : run.expectedTotal);

interface Payload {
  name: string;
  rest: string;
  total: number | null;
}

/** A bar where there is a total, else the bare count: a bar that guesses would lie. */
const line: GenericFormatter = (options, { progress, value }, payload: Payload) =>
  payload.total === null
    ? `${payload.name} ${value} · ${payload.rest}`
    : `${payload.name} [${progressBars.Format.BarFormat(progress, options)}] ${value}/${payload.total} · ${payload.rest}`;

/** A bar for each stream, on a terminal. */
export class RunBars implements RunView {
  readonly #bars: MultiBar;
  readonly #byRun = new Map<number, SingleBar>();
  #stopped = false;

  constructor(private readonly context: CommandContext) {
    this.#bars = new progressBars.MultiBar({
      stream: process.stderr,
      format: line,
      ...(hasColours(process.stderr) ? {} : { barCompleteChar: '#', barIncompleteChar: '.' }),
      barsize: 24,
      hideCursor: true,
      emptyOnZero: true,
      forceRedraw: true,
    });
  }

  update(runs: readonly RunLine[]): void {
    if (this.#stopped) return;
    const width = Math.max(...runs.map((run) => run.source.length + run.stream.length + 1));
    for (const run of runs) {
      const total = totalOf(run);
      const payload: Payload = {
        name: `${run.source}/${run.stream}`.padEnd(width),
        rest: numbers(this.context, run),
        total,
      };
      const bar = this.#byRun.get(run.id);
      if (!bar) this.#byRun.set(run.id, this.#bars.create(Math.max(1, total ?? 1), run.counts.read, payload));
      else {
        bar.setTotal(Math.max(1, total ?? 1));
        bar.update(run.counts.read, payload);
      }
    }
  }

  stop(): void {
    if (!this.#stopped) this.#bars.stop();
    this.#stopped = true;
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
