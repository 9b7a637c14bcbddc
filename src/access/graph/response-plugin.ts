import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ApolloContext } from './gateway.js';
import { acceptsGraphqlResponse, currentRequest } from './http-entry.js';
import { isPublicCode, presentErrors, rootCause, statusOf } from './present-error.js';
import { emptyFacts, type RefusalRecorder } from './refusal-recorder.js';
import { UsageError } from '../../platform/kernel/index.js';

const isLimit = (error: unknown): boolean => {
  const cause = rootCause(error);
  return cause instanceof UsageError && (cause.code === 'LIMIT_EXCEEDED' || cause.code === 'IDENTIFIER_LITERAL');
};

/**
 * Gives refusals that came before execution (syntax, validation, limits) our own shape, records them without a word of
 * the document, and sets the status of GraphQL over HTTP: 200 with `application/json` where the request itself was
 * well-formed HTTP, a telling 4xx/5xx with `application/graphql-response+json`.
 */
export function responsePlugin(refusals: RefusalRecorder, policyVersion: () => string): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async (context) => {
        const facts = (context.contextValue as ApolloContext).isthmus;
        const refusal = context.operation ? undefined : (context.errors.find(isLimit) ?? context.errors[0]);
        if (refusal) await refusals.record(facts.requester, emptyFacts(facts, policyVersion()), refusal);
      },
      willSendResponse: async (context) => {
        const { body, http } = context.response;
        if (body.kind !== 'single' || !body.singleResult.errors?.length) return;
        if (!context.operation || !('data' in body.singleResult)) {
          const errors = ownErrors(context);
          body.singleResult.errors = errors;
          if (!('data' in body.singleResult)) http.status = statusFor(context, errors);
        }
      },
    }),
  };
}

function ownErrors(context: GraphQLRequestContext<object>): GraphQLFormattedError[] {
  const facts = (context.contextValue as ApolloContext).isthmus;
  const errors = context.errors ?? [];
  // The limit rule stops validation by flooding it: its one error is the only one meant.
  const limit = errors.find((error) => rootCause(error) instanceof UsageError);
  const presented = (error: unknown): boolean =>
    error instanceof GraphQLError && 'requestId' in error.extensions && isPublicCode(error.extensions['code']);
  if (errors.every(presented)) return errors.map((error) => error.toJSON());
  return presentErrors(limit ? [limit] : errors, { ...facts, schema: context.schema }).map((error) => error.toJSON());
}

function statusFor(context: GraphQLRequestContext<object>, errors: readonly GraphQLFormattedError[]): number {
  const given = context.response.http.status;
  if (given === 405) return given;
  const code = errors[0]!.extensions!['code'] as Parameters<typeof statusOf>[0];
  if (acceptsGraphqlResponse(context.request.http?.headers.get('accept'))) return statusOf(code);
  // A request that is no GraphQL request at all, or an attack, is not a well-formed one that fails.
  return isLimit(context.errors?.[0]) || errors[0]!.extensions!['reason'] === 'GRAPHQL_REQUEST' ? 400 : 200;
}

/** For faults that never reach a plugin (forged form posts, missing query): our shape, in the request's language. */
export const formatStrayError = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
  if (formatted.extensions && 'requestId' in formatted.extensions) return formatted;
  const facts = currentRequest() ?? { operationId: '', language: 'zh' as const };
  return presentErrors([error], facts)[0]!.toJSON();
};
