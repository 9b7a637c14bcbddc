import { decideReview, undoLink, VERDICTS, type LinkOrder, type Verdict } from '../../../pipeline/link/index.js';
import type { Tx } from '../../../platform/database/index.js';
import { UsageError } from '../../../platform/kernel/index.js';
import type { Keyring } from '../../../platform/keys/index.js';
import { printJson, say, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';
import { carryOut } from './carry-out.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `isthmus link undo`: a record of the resident is somebody else's. */
export function undoCommand(
  context: CommandContext,
  resident: string,
  member: { source: string; personKey: string },
  reason: string,
): Promise<void> {
  if (!UUID.test(resident)) throw new UsageError('LINK_UNKNOWN');
  return ordered(context, (tx, keyring) => undoLink(tx, keyring, { actor: 'cli', resident, member, reason }));
}

/** `isthmus link review decide`. */
export function decideCommand(
  context: CommandContext,
  review: string,
  decision: string,
  reason: string,
): Promise<void> {
  if (!UUID.test(review)) throw new UsageError('REVIEW_UNKNOWN');
  const verdict = VERDICTS.find((one) => one === decision.toUpperCase());
  if (!verdict)
    throw new UsageError('CLI_USAGE', { params: { problem: `${decision.slice(0, 20)} ≠ ${VERDICTS.join(' | ')}` } });
  return ordered(context, (tx, keyring) => decideReview(tx, keyring, { actor: 'cli', review, verdict, reason }));
}

async function ordered(
  context: CommandContext,
  order: (tx: Tx, keyring: Keyring) => Promise<LinkOrder>,
): Promise<void> {
  const { words } = context;
  const { given, done } = await withRuntime(context, async (runtime, signal) => {
    const { database, keyring } = runtime;
    const given = await database.withContext('worker', { actor: 'cli' }, (tx) => order(tx, keyring));
    return { given, done: await carryOut(runtime, signal) };
  });
  const { verdict, ...said } = given;
  if (context.json) return printJson({ ...said, decision: verdict, carriedOut: done });
  const what: Record<Verdict, string> = {
    SAME: words('记为同一人', 'one person'),
    DIFFERENT: words('记为不同的人,以后不再关联', 'two people, never to be linked again'),
    UNCLEAR: words('记为无法判断,证据不变不再提出', 'it cannot be told; not raised again on the same evidence'),
  };
  say(`✔ ${what[verdict]}(${words(`${given.pairs} 对记录`, `${given.pairs} pairs of records`)})`);
  if (!done) say(`  ${words('由运行中的程序在数秒内执行', 'the running program carries it out within seconds')}`);
}
