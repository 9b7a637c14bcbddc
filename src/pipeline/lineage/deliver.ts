import { appendFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { RetriableError } from '../../platform/kernel/index.js';
import type { RunEvent } from './run-event.js';

/** Hands an event over, or throws RetriableError LINEAGE_REFUSED. */
export type Deliver = (event: RunEvent, signal: AbortSignal) => Promise<void>;

const TIMEOUT_MS = 10_000;
const DEFAULT_PATH = '/api/v1/lineage';

/**
 * The way to a collector: `file:/…` takes one JSON line an event, `http(s)://…` a POST. An address without a path is
 * that of a collector's root. `user:password@` signs in with a password, `:key@` with a bearer key.
 */
export function deliveryTo(target: string): Deliver {
  const url = new URL(target);
  return url.protocol === 'file:' ? toFile(fileURLToPath(url)) : toServer(url);
}

const toFile =
  (file: string): Deliver =>
  async (event) => {
    try {
      // One write in append mode: lines of several workers do not mix.
      await appendFile(file, `${JSON.stringify(event)}\n`, { mode: 0o600 });
    } catch (cause) {
      throw refused((cause as NodeJS.ErrnoException).code ?? 'file', cause);
    }
  };

function toServer(address: URL): Deliver {
  const url = new URL(address);
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  // fetch refuses addresses with credentials in them.
  url.username = url.password = '';
  if (url.pathname === '/') url.pathname = DEFAULT_PATH;
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (user) headers['Authorization'] = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  else if (password) headers['Authorization'] = `Bearer ${password}`;
  return async (event, signal) => {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const body = JSON.stringify(event);
    const answer = await fetch(url, { method: 'POST', headers, body, signal: bounded, redirect: 'error' }).catch(
      (cause: unknown) => {
        throw refused('unreachable', cause);
      },
    );
    await answer.body?.cancel();
    if (!answer.ok) throw refused(String(answer.status));
  };
}

const refused = (reason: string, cause?: unknown): RetriableError =>
  new RetriableError('LINEAGE_REFUSED', { params: { reason }, ...(cause === undefined ? {} : { cause }) });
