import { readSources } from '../../../governance/registry/index.js';
import { approveHold, startSync, waitingHolds } from '../../../pipeline/sync/index.js';
import { UsageError } from '../../../platform/kernel/index.js';
import type { Database, Tx } from '../../../platform/database/index.js';
import type { Runtime } from '../../runtime/open-runtime.js';
import { readRunFile } from '../../runtime/run-file.js';
import { EXIT, print, printJson, say, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';
import { followRuns } from './follow-runs.js';
import { operatorHere } from './operator-here.js';
import { runHere } from './run-here.js';
import { readRuns, type RunLine } from './run.repository.js';
import { statementTable, troubleOf } from './statement-table.js';

/** Codes that say: the source was not reached, rather than that it said something wrong. */
const UNREACHED = /^CONNECTOR_(UNREACHABLE|AUTH|TIMEOUT|BUSY|DATABASE|PERMISSION|SERVER|DIRECTORY)$/;

/**
 * Queues a run of every stream of the sources; none named = all that replicate and are not stopped. Where the program runs, its workers do it and this command may follow;
 * where it does not, this command does it.
 */
export async function syncCommand(
  context: CommandContext,
  ids: readonly string[],
  options: { wait?: boolean; approveDeletes?: string },
): Promise<void> {
  // A deletion is approved for a source that somebody looked at, never for all at once.
  if (ids.length === 0 && options.approveDeletes !== undefined)
    throw new UsageError('CLI_USAGE', { params: { problem: 'source sync <id> --approve-deletes' } });
  await withRuntime(context, async (runtime, signal) => {
    const { runs, sources } = await runtime.database.withContext('worker', { actor: 'cli' }, async (tx) => {
      const all: number[] = [];
      const chosen = ids.length > 0 ? ids : await inService(tx);
      for (const source of chosen) {
        if (options.approveDeletes !== undefined) await approveDeletes(tx, source, options.approveDeletes);
        all.push(...(await startSync(tx, { source, actor: 'cli' })).map(({ run }) => run));
      }
      return { runs: all, sources: chosen };
    });
    if (sources.length === 0 && !context.json)
      return say(context.words('没有可同步的数据源', 'There is no source to sync'));
    await finishRuns(context, runtime, runs, { wait: options.wait ?? false, first: ids[0] ?? '' }, signal);
  });
}

/** The sources that a sync can be asked of, by id. */
async function inService(tx: Tx): Promise<string[]> {
  return (await readSources(tx)).filter(({ suspended }) => !suspended).map(({ id }) => id);
}

/** Approves the deletions that wait, as they were shown. */
async function approveDeletes(tx: Tx, source: string, reason: string): Promise<void> {
  for (const hold of await waitingHolds(tx, source))
    if (hold.doomed !== null) await approveHold(tx, { ...operatorHere(), run: hold.run, reason });
}

/** Follows queued runs, or carries them out where the program does not run, and reports their statements. */
export async function finishRuns(
  context: CommandContext,
  runtime: Runtime,
  runs: readonly number[],
  options: { wait: boolean; first: string },
  signal: AbortSignal,
): Promise<void> {
  const { words, json } = context;
  const attached = readRunFile(context.config.dataDir) !== null;
  if (attached && !options.wait) {
    if (json) printJson({ queued: true, runs: await statements(runtime.database, runs) });
    else {
      say(`✔ ${words(`已排队:${runs.length} 个数据流`, `queued: ${runs.length} streams`)} (${runs.join(', ')})`);
      say(`  npx --no-install isthmus source status ${options.first}`.trimEnd());
    }
    return;
  }
  const following = new AbortController();
  const follow = followRuns(context, runtime.database, runs, AbortSignal.any([signal, following.signal]));
  try {
    if (attached) await follow;
    else await Promise.all([runHere(runtime, runs, signal), follow]);
  } finally {
    following.abort();
  }
  signal.throwIfAborted();
  const done = await statements(runtime.database, runs);
  report(context, done);
  process.exitCode = exitCodeOfRuns(done);
}

const statements = (database: Database, runs: readonly number[]): Promise<RunLine[]> =>
  database.withContext('worker', { actor: 'cli' }, (tx) => readRuns(tx, runs));

function report(context: CommandContext, runs: readonly RunLine[]): void {
  if (context.json) return printJson({ queued: false, runs });
  print(statementTable(context, runs));
  for (const run of runs) for (const line of troubleOf(context, run) ?? []) say(`  ${line}`);
}

export function exitCodeOfRuns(runs: readonly Pick<RunLine, 'state' | 'balanced' | 'error'>[]): number {
  const bad = runs.filter((run) => run.state !== 'SUCCEEDED' || run.balanced !== true);
  if (bad.length === 0) return EXIT.ok;
  return bad.every((run) => UNREACHED.test(run.error ?? '')) ? EXIT.unreachable : EXIT.failed;
}
