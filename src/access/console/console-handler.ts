import type { IncomingMessage, ServerResponse } from 'node:http';
import { speak } from '../../platform/messages/index.js';
import { type DemoAccess, mayHaveDemoTokens } from './demo-gate.js';
import { SECURITY_HEADERS } from './security-headers.js';
import { ASSETS, type StaticFile } from './static-files.js';

export interface ConsoleOptions {
  /** The people of the demo, while this program runs one; null otherwise. */
  demo: () => Promise<DemoAccess | null>;
}

export const DEMO_CREDENTIALS = '/demo/credentials';
/** The body of `GET /demo/credentials`. The page asks for a token when there is no demo. */
const NO_DEMO: { demo: null } = { demo: null };

/** Serves the console's files and, to this machine alone, the tokens of the demo; hands every other path on. */
export function consoleHandler(files: ReadonlyMap<string, StaticFile>, { demo }: ConsoleOptions) {
  return async (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): Promise<void> => {
    const path = pathOf(request);
    const file = files.get(path);
    if (!file && path !== DEMO_CREDENTIALS && !path.startsWith(ASSETS)) return next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return end(request, response, 405);
    }
    if (file) return serve(request, response, file);
    if (path !== DEMO_CREDENTIALS) return end(request, response, 404);
    try {
      const access = await demo();
      if (!access) return end(request, response, 200, NO_DEMO);
      if (!mayHaveDemoTokens(request)) return end(request, response, 403, { error: refusal() });
      end(request, response, 200, access);
    } catch (error) {
      next(error);
    }
  };
}

const refusal = (): Record<string, string> => {
  const { code, text, cure } = speak('DEMO_CREDENTIALS_REFUSED', 'zh');
  return { code, message: text, cure };
};

/** The path alone; a query has no meaning here. */
const pathOf = ({ url = '' }: IncomingMessage): string => url.split(/[?#]/, 1)[0]!;

function serve(request: IncomingMessage, response: ServerResponse, { body, etag, type }: StaticFile): void {
  response.setHeader('ETag', etag);
  // Asked again every time, answered by 304: a new version is seen at once.
  response.setHeader('Cache-Control', 'no-cache');
  if (matches(request.headers['if-none-match'], etag)) {
    response.statusCode = 304;
    response.end();
    return;
  }
  response.statusCode = 200;
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', body.length);
  response.end(request.method === 'HEAD' ? undefined : body);
}

const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .some((one) => one === etag || one === '*');

/** An answer that no cache may keep. */
function end(request: IncomingMessage, response: ServerResponse, status: number, body?: unknown): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.statusCode = status;
  response.setHeader('Cache-Control', 'no-store');
  if (text) response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(request.method === 'HEAD' ? undefined : text);
}
