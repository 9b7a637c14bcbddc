import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, FatalError, IsthmusError, RetriableError } from '../../../platform/kernel/index.js';
import type { RequestRules } from '../resilience/request-rules.js';
import { parseRetryAfter } from '../resilience/retry-policy.js';
import { Deadline } from './deadline.js';

export interface Call {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  stream: string;
  rules: RequestRules;
  /** Statuses besides 2xx whose body is an answer to be read (SOAP faults come with 500). */
  accept?: readonly number[];
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

const ATTEMPTS = 3;
/** A longer wait than this is not spent inside a page: the engine backs off instead. */
const PATIENCE_MS = 3_000;

/**
 * One HTTP request, tried again only for 429 and 503 and only as soon as the source allows. No redirect is followed: a
 * credential goes where the setting says and nowhere else.
 *
 * @param read makes the result of the answer; an error of its own counts as the request's.
 * @throws RetriableError CONNECTOR_BUSY (with `retryAfterMs`), CONNECTOR_SERVER, CONNECTOR_TIMEOUT, CONNECTOR_UNREACHABLE;
 * ConfigurationError CONNECTOR_AUTH, CONNECTOR_PERMISSION, CONNECTOR_REDIRECT; FatalError CONNECTOR_NOT_FOUND,
 * CONNECTOR_REQUEST, CONNECTOR_BODY_LARGE; and what the gate throws.
 */
export async function call<T>(url: URL, request: Call, read: (answer: Answer) => T): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request.rules.gate.pass(request.signal, async () => read(await once(url, request)));
    } catch (error) {
      const wait =
        error instanceof RetriableError && error.code === 'CONNECTOR_BUSY' ? (error.retryAfterMs ?? 0) : Infinity;
      if (attempt >= ATTEMPTS || wait > PATIENCE_MS) throw error;
      // Jitter keeps several workers from coming back at the same moment.
      await sleep(Math.max(wait, 100 * attempt) + Math.random() * 50, undefined, { signal: request.signal });
    }
  }
}

async function once(url: URL, request: Call): Promise<Answer> {
  const { stream, rules } = request;
  const deadline = new Deadline(rules, request.signal);
  let answer: Answer;
  try {
    const { signal } = deadline;
    const init: RequestInit = { method: request.method, headers: request.headers, redirect: 'manual', signal };
    if (request.body !== undefined) init.body = request.body;
    const response = await fetch(url, init);
    answer = { status: response.status, headers: response.headers, text: await bodyOf(response, request, deadline) };
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof IsthmusError) throw error;
    const state = deadline.passed ?? String((error as { cause?: { code?: string } }).cause?.code ?? 'network');
    throw new RetriableError(deadline.passed ? 'CONNECTOR_TIMEOUT' : 'CONNECTOR_UNREACHABLE', {
      origin: 'source',
      where: { stream },
      params: { state },
    });
  } finally {
    deadline.end();
  }
  if (!(answer.status >= 200 && answer.status < 300) && !request.accept?.includes(answer.status))
    throw statusError(answer, stream);
  return answer;
}

async function bodyOf(response: Response, { stream, rules }: Call, deadline: Deadline): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  deadline.heard();
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    deadline.heard();
    size += part.length;
    if (size > rules.largestBody) throw new FatalError('CONNECTOR_BODY_LARGE', { origin: 'source', where: { stream } });
    parts.push(part);
  }
  try {
    return new TextDecoder(charsetOf(response), { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new FatalError('CONNECTOR_BODY', { origin: 'source', where: { stream }, params: { what: 'encoding' } });
  }
}

function charsetOf(response: Response): string {
  const named = /charset="?([\w-]+)/i.exec(response.headers.get('content-type') ?? '')?.[1]?.toLowerCase();
  return named === 'gbk' || named === 'gb2312' || named === 'gb18030' ? 'gb18030' : 'utf-8';
}

function statusError(answer: Answer, stream: string): IsthmusError {
  const { status } = answer;
  const details = { origin: 'source' as const, where: { stream }, params: { state: status } };
  if (status === 429 || status === 503) {
    const retryAfterMs = parseRetryAfter(answer.headers.get('retry-after'), Date.now());
    return new RetriableError('CONNECTOR_BUSY', retryAfterMs === undefined ? details : { ...details, retryAfterMs });
  }
  if (status === 401) return new ConfigurationError('CONNECTOR_AUTH', details);
  if (status === 403) return new ConfigurationError('CONNECTOR_PERMISSION', details);
  if (status >= 300 && status < 400) return new ConfigurationError('CONNECTOR_REDIRECT', details);
  if (status === 404 || status === 410) return new FatalError('CONNECTOR_NOT_FOUND', details);
  if (status === 408) return new RetriableError('CONNECTOR_TIMEOUT', details);
  return status >= 500 ? new RetriableError('CONNECTOR_SERVER', details) : new FatalError('CONNECTOR_REQUEST', details);
}

/** A setting that must be an http(s) address. @throws ConfigurationError CONNECTOR_ADDRESS naming the setting. */
export function addressOf(value: unknown, setting: string): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new ConfigurationError('CONNECTOR_ADDRESS', { where: { setting } });
}
