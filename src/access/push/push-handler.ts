import type { IncomingMessage, ServerResponse } from 'node:http';
import { IsthmusError, RetriableError, UsageError } from '../../platform/kernel/index.js';
import { speakError, type Language } from '../../platform/messages/index.js';
import { PUSH_PATH } from '../../pipeline/push/index.js';
import type { PushDesk, Sender } from './push-desk.js';
import { readBody } from './read-body.js';
import { Slots } from './slots.js';

const ADDRESS = /^\/push\/([a-z][a-z0-9-]{0,39})\/([A-Za-z][A-Za-z0-9_-]{0,62})\/?$/;
const BODY = { limit: 1 << 20, deadlineMs: 20_000 };
/**
 * Requests in hand at the same time, each of which may hold a whole body: of everybody, of one address, and of one
 * address at one stream. Nobody has proved yet who he is, so slow bodies from one place must not close the door to others.
 */
const AT_ONCE = { all: 64, address: 32, stream: 8 };

const STATUS: Readonly<Record<string, number>> = {
  PUSH_EVENT: 400,
  PUSH_SIGNATURE: 401,
  PUSH_TIMESTAMP: 401,
  PUSH_UNKNOWN: 404,
  PUSH_METHOD: 405,
  PUSH_SIZE: 413,
  PUSH_ENCODING: 415,
  PUSH_RATE: 429,
};

/** Told of every refusal: names, code and status, never a byte of what was sent. */
export type PushLog = (facts: {
  source?: string;
  stream?: string;
  code: string;
  status: number;
  kind?: string;
}) => void;

/** `POST /push/<source>/<stream>`; every other address goes on to `next`. */
export function pushHandler(desk: PushDesk, log: PushLog, languageOf: (accept: string | undefined) => Language) {
  const slots = new Slots();
  return async (request: IncomingMessage, response: ServerResponse, next: () => void): Promise<void> => {
    const path = (request.url ?? '').split(/[?#]/, 1)[0]!;
    if (!path.startsWith(PUSH_PATH)) return next();
    response.setHeader('Cache-Control', 'no-store');
    const [, source, stream] = ADDRESS.exec(path) ?? [];
    const sender: Sender = { address: request.socket.remoteAddress ?? '' };
    let known = false;
    let release: (() => void) | null = null;
    try {
      if (!source || !stream) throw new UsageError('PUSH_UNKNOWN');
      if (request.method !== 'POST') throw new UsageError('PUSH_METHOD');
      release = slots.take([
        ['', AT_ONCE.all],
        [sender.address, AT_ONCE.address],
        [`${sender.address} ${source}/${stream}`, AT_ONCE.stream],
      ]);
      if (release === null) throw new RetriableError('PUSH_RATE', { retryAfterMs: 1000 });
      const target = await desk.admit(source, stream, sender);
      known = true;
      const body = await readBody(request, BODY);
      const receipt = await desk.receive(target, { headers: headersOf(request), body }, sender);
      answer(response, 202, receipt);
    } catch (error) {
      const told = error instanceof IsthmusError ? error : new RetriableError('PUSH_UNAVAILABLE', { cause: error });
      const status = STATUS[told.code] ?? 503;
      log({
        // A name that is none of ours may be anything.
        ...(known ? { source: source!, stream: stream! } : {}),
        code: told.code,
        status,
        ...(told === error ? {} : { kind: (error as Error).name }),
      });
      refuse(request, response, { status, error: told, language: languageOf(request.headers['accept-language']) });
    } finally {
      release?.();
    }
  };
}

/** Bytes of a header arrive as Latin-1, and so they were signed. */
const headersOf = ({ headers }: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, error, language }: { status: number; error: IsthmusError; language: Language },
): void {
  const { code, text, cure } = speakError(error, language);
  if (status === 405) response.setHeader('Allow', 'POST');
  if (status === 401) response.setHeader('WWW-Authenticate', 'Signature');
  if (status === 429 || status === 503) {
    const ms = (error instanceof RetriableError ? error.retryAfterMs : undefined) ?? 5000;
    response.setHeader('Retry-After', String(Math.ceil(ms / 1000)));
  }
  // What is left of the body is not read: the connection cannot be used again.
  if (!request.complete) response.setHeader('Connection', 'close');
  answer(response, status, { error: { code, message: text, cure } });
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(`${JSON.stringify(body)}\n`);
}
