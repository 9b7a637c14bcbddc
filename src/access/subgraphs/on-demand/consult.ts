import type { Askable, OnDemandDesk, Outcome, Question } from '../../../pipeline/on-demand/index.js';
import { UsageError } from '../../../platform/kernel/index.js';
import type { GraphContext } from '../../graph/index.js';

/** The part of the desk that the graph needs. */
export type Desk = Pick<OnDemandDesk, 'askables'>;

/** For compositions without on-demand sources. */
export const NOBODY: Desk = { askables: () => Promise.resolve([]) };

/** Calls of one operation at the most: each of them costs a foreign system, and often money. */
const MOST_CALLS = 20;

/**
 * Asks every service that can answer, all at once. Before a call the operation's reads are committed with their
 * evidence row and an intent row stands; while it runs no transaction of the operation is open; its outcome is a row.
 *
 * @throws UsageError LIMIT_EXCEEDED; RetriableError AUDIT_UNAVAILABLE: then nobody was asked.
 */
export async function consult(
  context: GraphContext,
  desk: Desk,
  question: Question,
  inputs: Readonly<Record<string, string>>,
  subjects: readonly string[],
  wanted: (askable: Askable) => boolean = () => true,
): Promise<Outcome[]> {
  const askables = (await context.locally(() => desk.askables(context.tx, question, inputs))).filter(wanted);
  takeCalls(context, askables.filter(({ remembered }) => remembered === null).length);
  if (askables.length > 0) await context.quiet();
  return Promise.all(askables.map((askable) => one(context, askable, subjects)));
}

async function one(context: GraphContext, askable: Askable, subjects: readonly string[]): Promise<Outcome> {
  const { source, service, remembered } = askable;
  if (remembered) return { source, service: service.name, state: 'answered', answer: remembered };
  const outcome = await context.remotely(source, subjects, (signal) => askable.ask(signal));
  context.outcome({ target: source, subjects, errorCode: outcome.state === 'answered' ? null : outcome.code });
  return outcome;
}

function takeCalls(context: GraphContext, count: number): void {
  const taken = context.memo('on-demand calls', () => ({ count: 0 }));
  const actual = taken.count + count;
  if (actual > MOST_CALLS)
    throw new UsageError('LIMIT_EXCEEDED', { params: { limit: 'lookups', allowed: MOST_CALLS, actual } });
  taken.count = actual;
}
