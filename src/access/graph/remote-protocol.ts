import { GraphQLError } from 'graphql';
import { IsthmusError, RetriableError, UsageError } from '../../platform/kernel/index.js';
import { MESSAGES } from '../../platform/messages/index.js';
import type { DisclosureAccess, DisclosureReport } from './disclosure.js';
import { rootCause } from './present-error.js';

/** An error on the wire between gateway and subgraph: catalogue code and parameters, no text. */
export interface WireError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions: { code: string; params: Record<string, string | number> };
}

/** What a subgraph in another process answers. */
export interface WireAnswer {
  data?: Record<string, unknown> | null;
  errors?: WireError[];
  extensions?: { isthmus?: { disclosure: DisclosureReport[]; subjects: string[] } };
}

export const toWireError = (error: GraphQLError): WireError => {
  const cause = rootCause(error);
  const known = cause instanceof IsthmusError;
  return {
    message: known ? cause.code : 'INTERNAL',
    path: error.path,
    extensions: { code: known ? cause.code : 'INTERNAL', params: known ? cause.params : {} },
  };
};

export const unavailable = (subgraph: string, cause?: unknown): RetriableError =>
  new RetriableError('SOURCE_UNAVAILABLE', { origin: 'source', params: { source: subgraph }, cause });

/** A wire error as an error of ours; the text of a foreign process is never passed on. */
export function fromWireError(wire: Partial<WireError>, subgraph: string): GraphQLError {
  const code = wire.extensions?.code;
  const known = typeof code === 'string' && Object.hasOwn(MESSAGES, code) && code !== 'INTERNAL';
  const cause = known ? new UsageError(code, { params: wire.extensions?.params ?? {} }) : unavailable(subgraph);
  return new GraphQLError(cause.code, { originalError: cause, path: Array.isArray(wire.path) ? wire.path : undefined });
}

const ACCESSES: readonly DisclosureAccess[] = ['SHOWN', 'MASKED', 'GENERALISED', 'VERIFY_ONLY', 'WITHHELD'];

/** Only reports of the right shape are taken over. */
export const isReport = (value: unknown): value is DisclosureReport => {
  const report = value as Partial<DisclosureReport> | null;
  return (
    typeof report?.type === 'string' &&
    typeof report.id === 'string' &&
    typeof report.field === 'string' &&
    typeof report.rule === 'string' &&
    ACCESSES.includes(report.access as DisclosureAccess)
  );
};

/** Parses JSON from another process without the one key that could reach a prototype. */
export function parseForeignJson(text: string): unknown {
  if (!text.includes('__proto__')) return JSON.parse(text) as unknown;
  return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value)) as unknown;
}
