import { setTimeout } from 'node:timers/promises';
import type { Database } from '../../../platform/database/index.js';
import { say, type CommandContext } from '../context.js';
import { RunBars, RunLines, type RunView } from './run-progress.js';
import { readRuns, unlinked } from './run.repository.js';

const LOOK_MS = 250;
const LINE_EVERY_MS = 10_000;
/** A queued run that nobody takes for this long deserves a word. */
const LONELY_MS = 15_000;

/** Shows runs while they go, until all have ended and their changes are linked; the database is the only truth. */
export async function followRuns(
  context: CommandContext,
  database: Database,
  runs: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  const view: RunView = process.stderr.isTTY ? new RunBars(context) : new RunLines(context);
  const since = Date.now();
  const linking = new LinkingLines(context);
  let told = false;
  try {
    while (!signal.aborted) {
      const { lines, waits } = await database.withContext('worker', { actor: 'cli' }, async (tx) => ({
        lines: await readRuns(tx, runs),
        waits: await unlinked(tx),
      }));
      view.update(lines);
      const open = lines.filter((run) => run.state === 'QUEUED' || run.state === 'RUNNING');
      if (open.length === 0 && waits === 0) return;
      if (open.length === 0) {
        view.stop();
        linking.update(waits);
      }
      if (!told && open.length && open.every((run) => run.startedAt === null) && Date.now() - since > LONELY_MS) {
        told = true;
        say(
          context.words(
            '没有 worker 领取任务;启动一个:npx --no-install isthmus start --role worker',
            'no worker takes the run; start one: npx --no-install isthmus start --role worker',
          ),
        );
      }
      await setTimeout(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    view.stop();
  }
}

/** What comes after the runs: a word at once, and another every 10 seconds. */
class LinkingLines {
  #spoken = 0;

  constructor(private readonly context: CommandContext) {}

  update(left: number): void {
    if (Date.now() - this.#spoken < LINE_EVERY_MS) return;
    this.#spoken = Date.now();
    say(`  ${this.context.words(`关联与汇总中,待处理 ${left}`, `linking and unifying, ${left} to go`)}`);
  }
}
