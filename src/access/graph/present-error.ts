import { GraphQLError, type GraphQLSchema } from 'graphql';
import { ForbiddenError, IsthmusError, UsageError } from '../../platform/kernel/index.js';
import { type Language, speak, speakError } from '../../platform/messages/index.js';
import { faultOf, isFault, speakFault } from './document-fault.js';

/** The codes a client may meet in `extensions.code`; anything finer stands in `extensions.reason`. */
export const PUBLIC_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PURPOSE_REQUIRED',
  'GRANT_MISSING',
  'FIELD_WITHHELD',
  'QUOTA_EXCEEDED',
  'LIMIT_EXCEEDED',
  'AUDIT_UNAVAILABLE',
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'SOURCE_UNAVAILABLE',
  'INTERNAL',
] as const;
export type PublicCode = (typeof PUBLIC_CODES)[number];
export const isPublicCode = (code: unknown): code is PublicCode => (PUBLIC_CODES as readonly unknown[]).includes(code);

const PUBLIC_OF: Record<string, PublicCode> = {
  GRAPHQL_DEADLINE: 'LIMIT_EXCEEDED',
  GRAPHQL_BODY_SIZE: 'LIMIT_EXCEEDED',
  PURPOSE_UNKNOWN: 'PURPOSE_REQUIRED',
  RUN_ENDED: 'CONFLICT',
  RUN_UNKNOWN: 'NOT_FOUND',
  LINK_UNKNOWN: 'NOT_FOUND',
  REVIEW_UNKNOWN: 'NOT_FOUND',
  REVIEW_CLOSED: 'CONFLICT',
  HOLD_UNKNOWN: 'NOT_FOUND',
  HOLD_DECIDED: 'CONFLICT',
  HOLD_OUTDATED: 'CONFLICT',
  REPLAY_BUSY: 'CONFLICT',
  QUARANTINE_UNKNOWN: 'NOT_FOUND',
  QUARANTINE_NOTHING: 'NOT_FOUND',
};

/** What Apollo Server calls the faults of a request, and how we do. */
const APOLLO_CODES: Record<string, string> = {
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_SYNTAX',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_INVALID',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  BAD_REQUEST: 'GRAPHQL_REQUEST',
  OPERATION_RESOLUTION_FAILURE: 'GRAPHQL_OPERATION_UNKNOWN',
  PERSISTED_QUERY_NOT_SUPPORTED: 'GRAPHQL_REQUEST',
  PERSISTED_QUERY_NOT_FOUND: 'GRAPHQL_REQUEST',
};

/** SQLSTATEs that are the caller's or the moment's matter; every other one is ours. */
const SQL_STATES: Record<string, string> = { '40001': 'CONFLICT', '40P01': 'CONFLICT', '57014': 'GRAPHQL_DEADLINE' };

/** The error behind an error: unwraps what executors put around what resolvers threw. */
export function rootCause(error: unknown): unknown {
  let current = error;
  for (let depth = 0; depth < 16; depth++) {
    if (current instanceof IsthmusError) return current;
    if (current instanceof AggregateError && current.errors.length) current = current.errors[0];
    else if (current instanceof GraphQLError && current.originalError) current = current.originalError;
    else return current;
  }
  return current;
}

export function publicCodeOf(error: unknown): PublicCode {
  const cause = rootCause(error);
  if (!(cause instanceof IsthmusError)) {
    const known = catalogueCode(error, cause);
    return known ? toPublic(known) : 'INTERNAL';
  }
  const own = toPublic(cause.code);
  if (own !== 'INTERNAL') return own;
  if (cause instanceof ForbiddenError) return 'FORBIDDEN';
  if (cause instanceof UsageError) return 'BAD_USER_INPUT';
  return cause.origin === 'source' ? 'SOURCE_UNAVAILABLE' : 'INTERNAL';
}

function toPublic(code: string): PublicCode {
  if (isPublicCode(code)) return code;
  return (
    PUBLIC_OF[code] ?? (code.startsWith('GRAPHQL_') || code.startsWith('IDENTIFIER_') ? 'BAD_USER_INPUT' : 'INTERNAL')
  );
}

function catalogueCode(error: unknown, cause: unknown): string | null {
  if (error instanceof GraphQLError) {
    const apollo = APOLLO_CODES[String(error.extensions['code'])];
    if (apollo) return apollo;
  }
  const state = (cause as { code?: unknown } | null)?.code;
  return typeof state === 'string' && Object.hasOwn(SQL_STATES, state) ? SQL_STATES[state]! : null;
}

export interface Presentation {
  operationId: string;
  language: Language;
  /** Whose names may be said; without it none are. */
  schema?: GraphQLSchema | null;
}

/** One error as the client sees it: a code, a sentence, a cure and the request's id. Nothing else passes. */
export function presentError(error: unknown, { operationId, language, schema = null }: Presentation): GraphQLError {
  const cause = rootCause(error);
  const code = publicCodeOf(error);
  const finer = cause instanceof IsthmusError ? null : catalogueCode(error, cause);
  const params = cause instanceof IsthmusError ? cause.params : undefined;
  const fault = isFault(params) ? params : faultOf(error instanceof GraphQLError ? error.message : '', schema);
  const problem = speakFault(fault, language);
  const message =
    code === 'INTERNAL'
      ? speak('INTERNAL', language)
      : cause instanceof IsthmusError && !isFault(params)
        ? speakError(cause, language)
        : speak(cause instanceof IsthmusError ? cause.code : finer!, language, { problem });
  const inDocument = code === 'INTERNAL' || !(error instanceof GraphQLError) ? undefined : error;
  return new GraphQLError(message.text, {
    path: error instanceof GraphQLError ? error.path : undefined,
    ...(inDocument?.nodes && { nodes: inDocument.nodes }),
    ...(!inDocument?.nodes && inDocument?.source && { source: inDocument.source, positions: inDocument.positions }),
    extensions: {
      code,
      ...(message.code !== code && { reason: message.code }),
      cure: message.cure,
      requestId: operationId,
    },
  });
}

/** Presents a list; errors that differ only in list indices are said once. */
export function presentErrors(errors: readonly unknown[], presentation: Presentation): GraphQLError[] {
  const said = new Map<string, GraphQLError>();
  for (const error of errors) {
    const presented = presentError(error, presentation);
    const names = presented.path?.filter((part) => typeof part === 'string').join('.') ?? '';
    const places = presented.locations?.map(({ line, column }) => `${line}:${column}`).join() ?? '';
    const key = `${presented.message}\u0000${names}\u0000${names ? '' : places}`;
    if (!said.has(key)) said.set(key, presented);
  }
  return [...said.values()];
}

/** HTTP status of a request that was refused before it ran. */
export function statusOf(code: PublicCode): number {
  if (code === 'UNAUTHENTICATED') return 401;
  if (['FORBIDDEN', 'PURPOSE_REQUIRED', 'GRANT_MISSING', 'FIELD_WITHHELD'].includes(code)) return 403;
  if (code === 'QUOTA_EXCEEDED') return 429;
  if (code === 'INTERNAL') return 500;
  return code === 'AUDIT_UNAVAILABLE' || code === 'SOURCE_UNAVAILABLE' ? 503 : 400;
}

/** The first language the client names that we speak; Chinese otherwise. */
export function languageOf(acceptLanguage: string | undefined): Language {
  for (const part of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const tag = part.split(';')[0]!.trim().toLowerCase();
    if (tag.startsWith('zh')) return 'zh';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh';
}
