import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError, FatalError, IsthmusError, RetriableError } from '../../../platform/kernel/index.js';

export interface Call {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  stream: string;
  /** Statuses besides 2xx whose body is an answer to be read (SOAP faults come with 500). */
  accept?: readonly number[];
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

const TIMEOUT_MS = 60_000;
const ATTEMPTS = 3;
/** A longer wait than this is not spent inside a page: the engine backs off instead. */
const PATIENCE_MS = 3_000;
const LARGEST_BODY = 64 << 20;

/**
 * One HTTP request, tried again only for 429 and 503 and only as soon as the source allows. No redirect is followed: a
 * credential goes where the setting says and nowhere else.
 *
 * @throws RetriableError CONNECTOR_BUSY (with `retryAfterMs`), CONNECTOR_SERVER, CONNECTOR_TIMEOUT, CONNECTOR_UNREACHABLE;
 * ConfigurationError CONNECTOR_AUTH, CONNECTOR_PERMISSION, CONNECTOR_REDIRECT; FatalError CONNECTOR_NOT_FOUND,
 * CONNECTOR_REQUEST, CONNECTOR_BODY_LARGE.
 */
export async function call(url: URL, request: Call): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(url, request);
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
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  let answer: Answer;
  try {
    const init: RequestInit = { method: request.method, headers: request.headers, redirect: 'manual', signal };
    if (request.body !== undefined) init.body = request.body;
    const response = await fetch(url, init);
    answer = { status: response.status, headers: response.headers, text: await bodyOf(response, request.stream) };
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof IsthmusError) throw error;
    const late = signal.aborted;
    const state = late ? 'timeout' : String((error as { cause?: { code?: string } }).cause?.code ?? 'network');
    throw new RetriableError(late ? 'CONNECTOR_TIMEOUT' : 'CONNECTOR_UNREACHABLE', {
      origin: 'source',
      where: { stream: request.stream },
      params: { state },
    });
  }
  if (!(answer.status >= 200 && answer.status < 300) && !request.accept?.includes(answer.status))
    throw statusError(answer, request.stream);
  return answer;
}

async function bodyOf(response: Response, stream: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > LARGEST_BODY) throw new FatalError('CONNECTOR_BODY_LARGE', { origin: 'source', where: { stream } });
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
    const retryAfterMs = retryAfter(answer.headers.get('retry-after'));
    return new RetriableError('CONNECTOR_BUSY', retryAfterMs === undefined ? details : { ...details, retryAfterMs });
  }
  if (status === 401) return new ConfigurationError('CONNECTOR_AUTH', details);
  if (status === 403) return new ConfigurationError('CONNECTOR_PERMISSION', details);
  if (status >= 300 && status < 400) return new ConfigurationError('CONNECTOR_REDIRECT', details);
  if (status === 404 || status === 410) return new FatalError('CONNECTOR_NOT_FOUND', details);
  if (status === 408) return new RetriableError('CONNECTOR_TIMEOUT', details);
  return status >= 500 ? new RetriableError('CONNECTOR_SERVER', details) : new FatalError('CONNECTOR_REQUEST', details);
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3) as milliseconds from now. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,8}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** A setting that must be an http(s) address. @throws ConfigurationError CONNECTOR_ADDRESS naming the setting. */
export function addressOf(value: unknown, setting: string): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new ConfigurationError('CONNECTOR_ADDRESS', { where: { setting } });
}
