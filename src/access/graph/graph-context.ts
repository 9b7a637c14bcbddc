import type { Language } from '../../platform/messages/index.js';
import type { DisclosureReport } from './disclosure.js';
import type { GraphRequester, GraphTx } from './ports.js';

/**
 * What every resolver of every in-process subgraph receives. One per operation.
 */
export interface GraphContext {
  readonly operationId: string;
  readonly requester: GraphRequester;
  /** When the operation began; one instant for all decisions about it. */
  readonly time: Date;
  /** In which sentences are told. */
  readonly language: Language;
  /**
   * The operation's one REPEATABLE READ transaction; opened at the first query, queries run one after another.
   * It ends with the operation: a query after that throws.
   */
  readonly tx: GraphTx;
  /** Says what stands behind a value that is not fresh, shown and whole. */
  disclose(report: DisclosureReport): void;
  /** Names a resident whose data is read; call it for every one, also when all fields are withheld. */
  subject(residentId: string): void;
  /** One value per operation, made when first asked for (loaders, field plans). */
  memo<T>(key: string | object, make: () => T): T;
  /**
   * A call that leaves the process: what was read so far is committed with its evidence row, an intent row names the
   * target and the residents the call is about, and no transaction is open while the call runs.
   */
  remotely<T>(target: string, subjects: readonly string[], call: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /**
   * For a subgraph on the network (see `Subgraph`): its reads go through this, so that no transaction stays open beside
   * a call of the same operation.
   */
  locally<T>(read: () => T | Promise<T>): Promise<T>;
  /** Waits for the in-process fetches that run now, so that their reads and subjects are in the row before a call. */
  quiet(): Promise<void>;
  /** How a call to a source ended; an evidence row of its own goes with the next phase. */
  outcome(call: CallOutcome): void;
}

export interface CallOutcome {
  target: string;
  subjects: readonly string[];
  /** Message code; null = it was answered. */
  errorCode: string | null;
}
