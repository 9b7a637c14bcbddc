import { hidesCitizenId, RetriableError } from '../../platform/kernel/index.js';
import { appendApart, type EventFacts } from './operation-context.js';
import type { GraphPorts, GraphRequester } from './ports.js';
import { publicCodeOf } from './present-error.js';

/** Anonymous refusals written a minute: anybody can cause them, so they must not fill the disk. */
const ANONYMOUS_PER_MINUTE = 60;

/** Writes the evidence row of a refusal, in a transaction of its own. */
export class RefusalRecorder {
  private window = 0;
  private written = 0;

  constructor(
    private readonly ports: GraphPorts,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns the error to answer with: the refusal, or AUDIT_UNAVAILABLE when its row could not be written. */
  async record(requester: GraphRequester | null, facts: EventFacts, refusal: unknown): Promise<unknown> {
    if (!requester && !this.room()) return refusal;
    try {
      await appendApart(this.ports.transactions, this.ports.evidence, requester, {
        ...facts,
        code: 'graph.refused',
        phase: 1,
        subjects: [],
        decision: 'refused',
        errorCode: publicCodeOf(refusal),
        target: null,
      });
      return refusal;
    } catch (cause) {
      const failure = cause as { name?: string; code?: unknown };
      this.ports.log.failure(facts.operationId, {
        code: 'AUDIT_UNAVAILABLE',
        kind: `${failure.name ?? 'Error'} ${String(failure.code ?? '')}`.trim(),
      });
      return new RetriableError('AUDIT_UNAVAILABLE', { cause });
    }
  }

  private room(): boolean {
    const minute = Math.floor(this.now() / 60_000);
    if (minute !== this.window) [this.window, this.written] = [minute, 0];
    return ++this.written <= ANONYMOUS_PER_MINUTE;
  }
}

/** Facts of a request that never became an operation. */
export function emptyFacts(
  request: { operationId: string; requester: GraphRequester | null },
  policyVersion: string,
): EventFacts {
  const { operationId, requester } = request;
  return {
    operationId,
    actor: requester?.tokenId ?? null,
    role: requester?.role ?? null,
    unit: requester?.unit ?? null,
    person: requester?.person ?? null,
    purpose: recordable(requester?.purpose),
    caseNo: recordable(requester?.caseNo),
    policyVersion,
    operationName: null,
    operation: [],
    documentHash: null,
    fields: [],
    withheld: [],
    masked: [],
    unavailable: [],
  };
}

/** Characters of a declared purpose or case that evidence keeps; longer case numbers are refused. */
export const MAX_DECLARED = 100;

/** What a caller declared, unless he put an ID number into it: the ledger keeps none. */
const recordable = (declared: string | null | undefined): string | null =>
  declared && !hidesCitizenId(declared) ? declared.slice(0, MAX_DECLARED).toWellFormed() : null;
