import { approveHold, cancelSync, waitingHolds, type HoldRow } from '../../../pipeline/sync/index.js';
import type { Tx } from '../../../platform/database/index.js';
import { ConfigurationError, UsageError } from '../../../platform/kernel/index.js';
import { speak } from '../../../platform/messages/index.js';
import { print, printJson, say, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';
import { operatorHere } from './operator-here.js';
import { finishRuns } from './sync-source.js';

export interface DecideOptions {
  reason: string;
  stream?: string;
  wait?: boolean;
}

/** `source approve`: what a held stream showed may happen; its next run is queued and carried out. */
export async function approveCommand(context: CommandContext, id: string, options: DecideOptions): Promise<void> {
  await withRuntime(context, async (runtime, signal) => {
    const { hold, run } = await runtime.database.withContext('worker', { actor: 'cli' }, async (tx) => {
      const hold = await theHold(tx, id, options.stream);
      return { hold, ...(await approveHold(tx, { ...operatorHere(), run: hold.run, reason: options.reason })) };
    });
    tell(context, hold, context.words('已批准', 'approved'));
    await finishRuns(context, runtime, [run], { wait: options.wait ?? false, first: id }, signal);
  });
}

/** `source refuse`: what a held stream showed may not happen; the next run is judged anew. */
export async function refuseCommand(context: CommandContext, id: string, options: DecideOptions): Promise<void> {
  const hold = await withRuntime(context, ({ database }) =>
    database.withContext('worker', { actor: 'cli' }, async (tx) => {
      const found = await theHold(tx, id, options.stream);
      await cancelSync(tx, { ...operatorHere(), run: found.run, reason: options.reason });
      return found;
    }),
  );
  tell(context, hold, context.words('已否决', 'refused'));
  if (context.json) printJson({ run: hold.run, decision: 'REFUSED' });
  else print(`${hold.source}/${hold.streamName}`);
}

/** The hold that is meant. @throws UsageError HOLD_NOTHING, HOLD_WHICH; ConfigurationError SOURCE_UNKNOWN. */
async function theHold(tx: Tx, source: string, stream: string | undefined): Promise<HoldRow> {
  const known = await tx.query(`SELECT 1 FROM control.source WHERE id = $1 AND removed_at IS NULL`, [source]);
  if (known.rowCount === 0) throw new ConfigurationError('SOURCE_UNKNOWN', { params: { source } });
  const waiting = await waitingHolds(tx, source);
  const found = stream === undefined ? waiting : waiting.filter(({ streamName }) => streamName === stream);
  if (found.length === 0) throw new UsageError('HOLD_NOTHING', { params: { source } });
  if (found.length > 1)
    throw new UsageError('HOLD_WHICH', {
      params: { source, streams: found.map(({ streamName }) => streamName).join(', ') },
    });
  return found[0]!;
}

function tell({ language }: CommandContext, hold: HoldRow, verdict: string): void {
  say(`✔ ${verdict}: ${speak(hold.code, language, hold.params).text}`);
}
