import type { OpenTx, RowContext, Tx, TxOptions } from '../../platform/database/index.js';
import type { Requester } from '../../governance/identity/index.js';

/** The operation's transaction, as resolvers may use it: reads and writes, no end, no raw client. */
export type GraphTx = Pick<Tx, 'role' | 'query'>;

/** Who asks, with what the request declared. */
export interface GraphRequester extends Requester {
  /** Code from `X-Isthmus-Purpose`, not yet judged. */
  readonly purpose: string | null;
  /** Text of `X-Isthmus-Case`, not yet judged. */
  readonly caseNo: string | null;
}

export interface CredentialHeaders {
  authorization: string | undefined;
  purpose: string | undefined;
  caseNo: string | undefined;
}

/** Turns the request's headers into a requester. */
export interface Authenticator {
  /**
   * @returns null when no credential was sent.
   * @throws ForbiddenError UNAUTHENTICATED for one that opens nothing.
   */
  authenticate(headers: CredentialHeaders): Promise<GraphRequester | null>;
}

/** A root field that an operation asks for. */
export interface RootField {
  kind: 'Query' | 'Mutation' | 'Subscription';
  name: string;
}

/** The table role × root field, purposes included. */
export interface RootFieldGuard {
  /** @throws ForbiddenError UNAUTHENTICATED, FORBIDDEN, PURPOSE_REQUIRED or GRANT_MISSING. */
  check(requester: GraphRequester | null, fields: readonly RootField[]): void;
  /** Version of the policy that decides; stands in every evidence row. */
  readonly policyVersion: string;
}

/** How an operation, or a phase of it, ended. */
export type OperationDecision = 'allowed' | 'refused' | 'failed';

/** What the ledger is told about an operation. Names and resident ids only; never a value that was read. */
export interface OperationEvent {
  code: 'graph.read' | 'graph.write' | 'graph.refused' | 'graph.failed' | 'graph.intent' | 'graph.outcome';
  /** One per operation; every phase of it carries the same. */
  operationId: string;
  /** 1 for the first row of the operation, counted up. */
  phase: number;
  /** Token id; null for a caller who is not signed in. */
  actor: string | null;
  role: string | null;
  unit: string | null;
  person: string | null;
  purpose: string | null;
  caseNo: string | null;
  policyVersion: string;
  /** Name the caller gave the operation, if any. */
  operationName: string | null;
  /** Root fields in the order asked. */
  operation: string[];
  /** SHA-256 of the normalised document, hex: the ledger never holds its text. */
  documentHash: string | null;
  /** `Type.field` of everything selected, sorted. */
  fields: string[];
  /** `Type.field` selected and withheld, sorted. */
  withheld: string[];
  /** `Type.field` served masked, generalised or for verification only, sorted. */
  masked: string[];
  /** Subgraphs in other processes that did not answer, sorted. */
  unavailable: string[];
  /** Ids of the residents whose data was read. The writer turns them into keyed pseudonyms. */
  subjects: string[];
  decision: OperationDecision;
  /** Code of the refusal or failure. */
  errorCode: string | null;
  /** Where an intent row is bound to, and where an outcome row comes from: name of the remote subgraph or source. */
  target: string | null;
}

/** Appends an evidence row in the caller's transaction. `src/platform/ledger` is behind it. */
export interface EvidenceWriter {
  append(tx: GraphTx, event: OperationEvent): Promise<void>;
}

/** Where transactions come from; `platform/database`'s Database fits. */
export interface TransactionSource {
  begin(role: 'app' | 'auditor', context: RowContext, options?: TxOptions): Promise<OpenTx>;
}

/** What an operator reads about failures. Never a value, a document or a message from the database. */
export interface GraphLog {
  failure(operationId: string, facts: { code: string; kind: string; detail?: string | undefined }): void;
}

export interface GraphPorts {
  authenticator: Authenticator;
  evidence: EvidenceWriter;
  transactions: TransactionSource;
  guard: RootFieldGuard;
  log: GraphLog;
}
