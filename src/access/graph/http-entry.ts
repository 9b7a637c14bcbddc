import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hidesCitizenId, type IsthmusError, UsageError, uuidv7 } from '../../platform/kernel/index.js';
import type { GraphLimits } from './limits.js';
import type { RequestFacts } from './operation-runner.js';
import type { GraphPorts } from './ports.js';
import { languageOf, presentError, publicCodeOf, statusOf } from './present-error.js';
import { emptyFacts, type RefusalRecorder } from './refusal-recorder.js';
import { readJsonBody } from './json-body.js';

/** A request after the entry: parsed body and facts are on it. */
export interface GraphRequest extends IncomingMessage {
  body?: unknown;
  isthmus?: RequestFacts;
}

export const GRAPHQL_RESPONSE_JSON = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';

/** True when the client asks for the media type in which HTTP status codes mean what they say. */
export const acceptsGraphqlResponse = (accept: string | undefined): boolean =>
  (accept ?? '').toLowerCase().includes(GRAPHQL_RESPONSE_JSON);

/**
 * The one way in: body (size, encoding, JSON), language, request id, and who asks. Nobody who is not signed in gets
 * past it, so parsing and validation are not open to the public either.
 */
export function graphEntry(ports: GraphPorts, limits: GraphLimits, refusals: RefusalRecorder) {
  return async (request: GraphRequest, response: ServerResponse, next: () => void): Promise<void> => {
    const facts: RequestFacts = {
      operationId: uuidv7(),
      language: languageOf(request.headers['accept-language']),
      requester: null,
      method: request.method ?? '',
    };
    request.isthmus = facts;
    response.setHeader('Cache-Control', 'no-store');
    try {
      if (request.body !== undefined)
        throw new Error('the body was parsed before the graph saw it: turn off Nest’s body parser');
      request.body = request.method === 'POST' ? await readJsonBody(request, limits) : {};
      facts.requester = await ports.authenticator.authenticate({
        authorization: request.headers.authorization,
        purpose: headerText(request.headers['x-isthmus-purpose']),
        caseNo: headerText(request.headers['x-isthmus-case']),
      });
      if (!facts.requester) throw new UsageError('UNAUTHENTICATED');
      if (urlHidesCitizenId(request.url ?? '')) throw new UsageError('IDENTIFIER_PLACE', { params: { name: 'URL' } });
    } catch (error) {
      const code = publicCodeOf(error);
      if (code === 'INTERNAL') ports.log.failure(facts.operationId, { code, kind: (error as Error).name });
      const answer =
        code === 'UNAUTHENTICATED' || (error as Partial<IsthmusError>).code === 'IDENTIFIER_PLACE'
          ? await refusals.record(facts.requester, emptyFacts(facts, ports.guard.policyVersion), error)
          : error;
      return refuse(request, response, facts, answer);
    }
    requests.run(facts, next);
  };
}

const requests = new AsyncLocalStorage<RequestFacts>();

/** The request being answered, for what Apollo Server says without telling of which. */
export const currentRequest = (): RequestFacts | undefined => requests.getStore();

const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const JSON_ESCAPE = /\\u([0-9a-f]{4})/gi;

/** A URL stands in every log on the way, whatever the variable is called. Ids of residents are no numbers of theirs. */
function urlHidesCitizenId(url: string): boolean {
  const query = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  return [...new URLSearchParams(query)].flat().some((text) => {
    const plain = text.replace(JSON_ESCAPE, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return hidesCitizenId(plain.replace(UUIDS, 'u'));
  });
}

function refuse(request: GraphRequest, response: ServerResponse, facts: RequestFacts, error: unknown): void {
  const presented = presentError(error, facts);
  const reason = (error as Partial<IsthmusError>).code;
  response.statusCode =
    reason === 'GRAPHQL_BODY_SIZE' ? 413 : reason === 'GRAPHQL_BODY_CHARSET' ? 415 : statusOf(publicCodeOf(error));
  const type = acceptsGraphqlResponse(request.headers.accept) ? GRAPHQL_RESPONSE_JSON : JSON_TYPE;
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  if (response.statusCode === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  // The rest of an oversized body is not read: the connection cannot be used again.
  if (response.statusCode === 413) response.setHeader('Connection', 'close');
  response.end(JSON.stringify({ errors: [presented] }));
}

const EXTENDED = /^UTF-8''/i;

/**
 * Text of a header that may hold Chinese: Node hands bytes over as Latin-1; clients that refuse to send them write the
 * extended form of RFC 8187 (`UTF-8''%E6…`).
 */
export function headerText(value: string | string[] | undefined): string | undefined {
  const raw = Array.isArray(value) ? value[0] : value;
  if (raw === undefined) return undefined;
  try {
    const text = EXTENDED.test(raw)
      ? decodeURIComponent(raw.replace(EXTENDED, ''))
      : new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(raw, 'latin1'));
    return text.replace(/\p{Cc}/gu, ' ');
  } catch {
    return raw;
  }
}
