import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Health } from './health.js';
import type { Metrics } from './metrics.js';

/** The addresses served without signing in. */
export const PROBE_PATHS = ['/livez', '/readyz', '/metrics'] as const;

/**
 * `/livez` (the process turns: 200), `/readyz` (its parts answer: 200, else 503) and `/metrics`; GET and HEAD only.
 * Other addresses go on to `next`.
 */
export function httpProbe({ health, metrics }: { health: Health; metrics: Metrics }) {
  return async (request: IncomingMessage, response: ServerResponse, next: () => void): Promise<void> => {
    // Express cuts the mount path off `url`; `originalUrl` is whole.
    const url = (request as { originalUrl?: string }).originalUrl ?? request.url ?? '';
    const path = url.split('?', 1)[0]!.replace(/\/$/, '');
    if (!(PROBE_PATHS as readonly string[]).includes(path)) return next();
    const answer = (status: number, type: string, text: string): void => {
      response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : text);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return answer(405, 'text/plain; charset=utf-8', 'method not allowed\n');
    }
    if (path === '/livez') return answer(200, 'application/json; charset=utf-8', '{"live":true}\n');
    if (path === '/metrics') {
      const { contentType, text } = await metrics.render();
      return answer(200, contentType, text);
    }
    const readiness = await health.readiness();
    answer(readiness.ready ? 200 : 503, 'application/json; charset=utf-8', `${JSON.stringify(readiness)}\n`);
  };
}
