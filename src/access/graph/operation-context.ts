import type { OpenTx } from '../../platform/database/index.js';
import type { Language } from '../../platform/messages/index.js';
import { poolOf } from '../../governance/identity/index.js';
import { RetriableError } from '../../platform/kernel/index.js';
import { DisclosureCollector, type DisclosureReport } from './disclosure.js';
import { beginGuarded } from './guarded-tx.js';
import type { CallOutcome, GraphContext } from './graph-context.js';
import type { Envelope } from './remote-envelope.js';
import type { EvidenceWriter, GraphTx, GraphRequester, OperationEvent, TransactionSource } from './ports.js';

/** What is said of an operation in each of its evidence rows; the rest is filled in per row. */
export type EventFacts = Omit<OperationEvent, 'code' | 'phase' | 'subjects' | 'decision' | 'errorCode' | 'target'>;
type EventEnd = Pick<OperationEvent, 'code' | 'decision' | 'errorCode'> & {
  withheld?: string[];
  masked?: string[];
  unavailable?: string[];
};

export interface OperationLimits {
  /** Upper bound of the whole operation, ms; also the statement and transaction timeout. */
  deadlineMs: number;
}

/**
 * One operation = one REPEATABLE READ transaction, opened at the first query and ended by `settle` or `abandon`.
 * All queries run one after another on its connection. Where the operation leaves the process it is cut into phases:
 * each commits its reads with an evidence row of its own under the same operation id.
 */
export class OperationContext implements GraphContext {
  readonly tx: GraphTx;
  readonly disclosure = new DisclosureCollector();
  readonly abort = new AbortController();
  /** Subgraphs in other processes that did not answer. */
  readonly absent = new Set<string>();
  /** The first error the database answered with: the transaction is dead, nothing read in it may leave. */
  broken: unknown = null;
  /** Set when an evidence row or its commit failed, in whatever phase: then nothing may leave either. */
  auditFailure: unknown = null;

  private readonly memos = new Map<string | object, unknown>();
  private readonly subjects = new Set<string>();
  /** Subjects since the last row of a phase; the operation's last row names all. */
  private fresh = new Set<string>();
  /** Calls that ended since the last row of a phase. */
  private calls: CallOutcome[] = [];
  /** Sources that were asked in vain. */
  private readonly unreached = new Set<string>();
  private chain: Promise<unknown> = Promise.resolve();
  private open: OpenTx | null = null;
  private phase = 0;
  private ended = false;
  private remotes = 0;
  private locals = 0;
  private idle: (() => void)[] = [];

  constructor(
    readonly operationId: string,
    readonly requester: GraphRequester,
    readonly time: Date,
    private readonly facts: EventFacts,
    private readonly source: TransactionSource,
    private readonly evidence: EvidenceWriter,
    private readonly limits: OperationLimits,
    readonly language: Language = 'zh',
  ) {
    this.tx = {
      role: poolOf(requester.role),
      query: (sql, params) =>
        this.serially(async () => {
          const tx = await this.opened();
          try {
            return await tx.query(sql, params);
          } catch (error) {
            this.broken ??= error;
            throw error;
          }
        }),
    };
  }

  disclose(report: DisclosureReport): void {
    this.disclosure.report(report);
  }

  subject(residentId: string): void {
    this.subjects.add(residentId);
    this.fresh.add(residentId);
  }

  memo<T>(key: string | object, make: () => T): T {
    if (!this.memos.has(key)) this.memos.set(key, make());
    return this.memos.get(key) as T;
  }

  outcome(call: CallOutcome): void {
    this.calls.push(call);
    if (call.errorCode !== null) this.unreached.add(call.target);
  }

  /** Subgraphs and sources that did not answer, sorted. */
  unavailable(): string[] {
    return [...new Set([...this.absent, ...this.unreached])].sort();
  }

  subjectsRead(): string[] {
    return [...this.subjects].sort();
  }

  /** What a subgraph in another process is told about this operation. */
  envelopeFor(target: string): Envelope {
    const { operationId, policyVersion, operationName, operation, documentHash } = this.facts;
    const { requester, time, language } = this;
    return {
      operationId,
      target,
      requester,
      policyVersion,
      operationName,
      operation,
      documentHash,
      time: time.toISOString(),
      language,
    };
  }

  /** Runs a fetch on an in-process subgraph. */
  async locally<T>(fetch: () => T | Promise<T>): Promise<T> {
    this.locals++;
    try {
      return await fetch();
    } finally {
      this.locals--;
      // Another fetch of this operation is on the network: nothing may wait for it inside a transaction.
      if (this.locals === 0 && this.remotes > 0 && !this.ended) await this.closePhase();
      if (this.locals === 0) this.idle.splice(0).forEach((wake) => wake());
    }
  }

  /** Waits for the in-process fetches that run now, so that their reads and subjects are in the closing row. */
  async quiet(): Promise<void> {
    if (this.locals > 0) await new Promise<void>((wake) => this.idle.push(wake));
  }

  async remotely<T>(
    target: string,
    subjects: readonly string[],
    call: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    await this.closePhase({ target, subjects });
    this.remotes++;
    try {
      return await call(this.abort.signal);
    } finally {
      this.remotes--;
    }
  }

  /** The last statement and COMMIT. @throws RetriableError AUDIT_UNAVAILABLE: then nothing may leave. */
  settle(end: EventEnd): Promise<void> {
    return this.serially(async () => {
      this.ended = true;
      await this.audited(async () => {
        const tx = await this.opened(true);
        for (const call of this.endedCalls()) await this.evidence.append(tx, call);
        await this.evidence.append(tx, this.event(end));
        await this.commit();
      });
    });
  }

  /** Rolls back whatever is open; later queries are refused. Safe to call at any time, more than once. */
  abandon(): Promise<void> {
    this.ended = true;
    this.abort.abort();
    return this.serially(() => this.rollback());
  }

  /** A row in a transaction of its own, for refusals and failures. @throws RetriableError AUDIT_UNAVAILABLE. */
  recordApart(end: EventEnd): Promise<void> {
    return this.audited(async () => {
      for (const event of [...this.endedCalls(), this.event(end)])
        await appendApart(this.source, this.evidence, this.requester, event);
    });
  }

  private closePhase(intent?: { target: string; subjects: readonly string[] }): Promise<void> {
    return this.serially(async () => {
      const read = this.open !== null;
      if (!read && !intent) return;
      await this.audited(async () => {
        if (this.broken) throw new Error('the transaction is dead', { cause: this.broken });
        const tx = await this.opened();
        const end = { decision: 'allowed', errorCode: null } as const;
        for (const call of this.endedCalls()) await this.evidence.append(tx, call);
        if (read) await this.evidence.append(tx, this.event({ code: 'graph.read', ...end }, this.fresh));
        if (intent) {
          const about = this.event({ code: 'graph.intent', ...end }, intent.subjects);
          await this.evidence.append(tx, { ...about, target: intent.target });
        }
        await this.commit();
        this.fresh = new Set<string>();
      });
    });
  }

  /** Rows of the calls that ended since the last ones. */
  private endedCalls(): OperationEvent[] {
    return this.calls.splice(0).map(({ target, subjects, errorCode }) => {
      const decision = errorCode === null ? 'allowed' : 'failed';
      return { ...this.event({ code: 'graph.outcome', decision, errorCode }, subjects), target };
    });
  }

  private event(end: EventEnd, subjects: Iterable<string> = this.subjects): OperationEvent {
    return { ...this.facts, target: null, subjects: [...subjects].sort(), phase: ++this.phase, ...end };
  }

  private async opened(settling = false): Promise<OpenTx> {
    if (this.ended && !settling) throw new Error('the operation has ended');
    this.open ??= await beginGuarded(
      this.source,
      this.tx.role as 'app' | 'auditor',
      { actor: this.requester.tokenId },
      {
        isolation: 'REPEATABLE READ',
        statementTimeoutMs: this.limits.deadlineMs,
        transactionTimeoutMs: this.limits.deadlineMs * 2,
        idleTimeoutMs: this.limits.deadlineMs,
      },
    );
    return this.open;
  }

  private async commit(): Promise<void> {
    const tx = this.open;
    await tx?.commit();
    this.open = null;
  }

  private async rollback(): Promise<void> {
    const tx = this.open;
    this.open = null;
    await tx?.rollback();
  }

  private async audited(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      this.ended = true;
      await this.rollback().catch(() => undefined);
      this.auditFailure = new RetriableError('AUDIT_UNAVAILABLE', { cause });
      throw this.auditFailure;
    }
  }

  private serially<T>(work: () => Promise<T>): Promise<T> {
    const result = this.chain.then(work);
    this.chain = result.catch(() => undefined);
    return result;
  }
}

/** Appends one row in a transaction of its own. */
export async function appendApart(
  source: TransactionSource,
  evidence: EvidenceWriter,
  requester: GraphRequester | null,
  event: OperationEvent,
): Promise<void> {
  const role = requester ? poolOf(requester.role) : 'app';
  const tx = await beginGuarded(source, role, { actor: requester?.tokenId ?? 'anonymous' });
  try {
    await evidence.append(tx, event);
  } catch (error) {
    await tx.rollback();
    throw error;
  }
  await tx.commit();
}
