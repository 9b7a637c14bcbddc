import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import iconv from 'iconv-lite';
import type { FaultBook } from './fault-book.js';
import type { Fault } from './kinds.js';

/** What a system adds to the faults that every HTTP server can have. */
export interface FaultyService {
  /** The stream that a request asks for; null when none. */
  streamOf(request: IncomingMessage): string | null;
  /** Refuses an expired credential; absent where the handler itself must word the refusal. */
  refuse?(response: ServerResponse): void;
}

interface Answer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** Faults of the current request, for a handler that must behave differently (pages, rows, results). */
const STRUCK = new WeakMap<IncomingMessage, Fault[]>();
export const struck = (request: IncomingMessage): Fault[] => STRUCK.get(request) ?? [];

/** Serves through `handler`, with the faults in force between it and the client. */
export function faulty(handler: RequestListener, book: FaultBook, service: FaultyService): RequestListener {
  return (request, response) => {
    const faults = book.inForce().length === 0 ? [] : book.strike(service.streamOf(request));
    if (faults.length === 0) return handler(request, response);
    STRUCK.set(request, faults);
    const of = (kind: string): Fault | undefined => faults.find((fault) => fault.kind === kind);
    const unavailable = of('unavailable');
    const credential = of('credential');
    // The request is read and nothing ever comes back.
    if (of('half-open')) return void request.resume();
    const go = (): void => {
      if (response.destroyed) return;
      if (unavailable) return busy(response, unavailable);
      if (credential && service.refuse) return service.refuse(response);
      capture(response, (answer) => deliver(response, answer, faults));
      handler(request, response);
    };
    const slow = of('latency');
    if (slow) setTimeout(go, slow.ms);
    else go();
  };
}

function busy(response: ServerResponse, fault: Fault): void {
  const body = '{"code":"503","reason":"Service Unavailable"}';
  response.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': String(fault.seconds) });
  response.end(body);
}

/** Catches what a handler writes in one piece; `writeHead` and `end` are the only calls our handlers make. */
function capture(response: ServerResponse, done: (answer: Answer) => void): void {
  const { writeHead, end } = response;
  let status = 200;
  let headers: OutgoingHttpHeaders = {};
  response.writeHead = ((code: number, given: OutgoingHttpHeaders = {}) => {
    status = code;
    headers = given;
    return response;
  }) as typeof writeHead;
  response.end = ((body: Buffer | string = '') => {
    response.writeHead = writeHead;
    response.end = end;
    done({ status, headers, body: Buffer.from(body) });
    return response;
  }) as typeof end;
}

function deliver(response: ServerResponse, answer: Answer, faults: Fault[]): void {
  const has = (kind: string): boolean => faults.some((fault) => fault.kind === kind);
  let { body } = answer;
  if (has('encoding')) body = iconv.encode(body.toString('utf8'), 'gb18030');
  if (has('truncated')) body = body.subarray(0, Math.floor(body.length / 2));
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': body.length });
  if (has('cut')) {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
  } else if (has('drip')) {
    drip(response, body);
  } else response.end(body);
}

function drip(response: ServerResponse, body: Buffer): void {
  let at = 0;
  const timer = setInterval(() => {
    if (response.destroyed || at >= body.length) {
      clearInterval(timer);
      response.end();
    } else response.write(body.subarray(at, (at += 1)));
  }, 1000);
}
