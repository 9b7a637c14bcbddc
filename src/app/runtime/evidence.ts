import type { EvidenceWriter, OperationEvent } from '../../access/graph/index.js';
import { append, type EvidenceEvent } from '../../platform/ledger/index.js';
import type { Keyring } from '../../platform/keys/index.js';

/** The ledger behind the graph: operation events become evidence rows, resident ids become keyed pseudonyms. */
export function ledgerEvidence(keyring: Pick<Keyring, 'pseudonym'>): EvidenceWriter {
  return {
    append: async (tx, event) => {
      await append(
        tx,
        evidenceOf(event, (id) => keyring.pseudonym(id)),
      );
    },
  };
}

function evidenceOf(event: OperationEvent, pseudonym: (id: string) => string): EvidenceEvent {
  if (event.code === 'graph.outcome') return callEvidence(event, pseudonym);
  const common = {
    actor: event.actor ?? 'anonymous',
    operation: event.operation.join(' ') || (event.operationName ?? 'unknown'),
    role: event.role,
    unit: event.unit,
    person: event.person,
    purpose: event.purpose,
    caseNo: event.caseNo,
    operationId: event.operationId,
    operationHash: event.documentHash,
    phase: event.phase,
    policyVersion: event.policyVersion,
    fields: event.fields,
    withheld: event.withheld,
    masked: event.masked,
    unavailable: event.unavailable,
    subjects: event.subjects.map(pseudonym),
    sources: event.target ? [event.target] : null,
  };
  switch (event.decision) {
    case 'allowed':
      return {
        ...common,
        code: 'QUERY_ANSWERED',
        decision: event.withheld.length || event.masked.length ? 'MASK' : 'ALLOW',
        reason: event.code === 'graph.intent' ? 'INTENT' : null,
      };
    case 'refused':
      return { ...common, code: 'QUERY_REFUSED', decision: 'DENY', reason: event.errorCode ?? 'FORBIDDEN' };
    case 'failed':
      return { ...common, code: 'QUERY_FAILED', decision: 'ERROR', reason: event.errorCode ?? 'INTERNAL' };
  }
}

/** How one call to a source ended: by whom it was asked and about whom, never what was asked or answered. */
const callEvidence = (event: OperationEvent, pseudonym: (id: string) => string): EvidenceEvent => ({
  code: 'LOOKUP_ENDED',
  actor: event.actor ?? 'anonymous',
  source: event.target ?? 'unknown',
  operation: event.operation.join(' ') || (event.operationName ?? 'unknown'),
  outcome: event.errorCode === null ? 'ANSWERED' : 'UNAVAILABLE',
  reason: event.errorCode,
  role: event.role,
  unit: event.unit,
  person: event.person,
  purpose: event.purpose,
  caseNo: event.caseNo,
  operationId: event.operationId,
  phase: event.phase,
  policyVersion: event.policyVersion,
  subjects: event.subjects.map(pseudonym),
});
