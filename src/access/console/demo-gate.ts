import type { IncomingMessage } from 'node:http';

/** One of the people of the demo, with what opens the graph for him. */
export interface DemoPerson {
  role: string;
  unit: string;
  person: string;
  token: string;
}

export interface DemoAccess {
  people: DemoPerson[];
  /** A resident whom many systems know and a household, for the examples; ids only. */
  examples: { resident: string | null; household: string | null };
}

const LOOPBACK_ADDRESS = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$/;
const LOOPBACK_HOST = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])(?::\d{1,5})?$/i;
/** A proxy on this machine makes everybody look local, so whatever came through one is refused. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/**
 * Whether tokens of the demo may be given to a request: it comes from this machine, it names this machine (a page
 * elsewhere whose name was bound to 127.0.0.1 carries its own name in `Host`), no proxy stands between, and the browser,
 * where one says so, asks for the console's own page. Anything unclear is refused.
 */
export function mayHaveDemoTokens({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): boolean {
  if (!LOOPBACK_ADDRESS.test(socket.remoteAddress ?? '')) return false;
  if (!LOOPBACK_HOST.test(headers.host ?? '')) return false;
  if (PROXY_HEADERS.some((name) => headers[name] !== undefined)) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = headers;
  return origin === undefined || origin === `http://${headers.host}`;
}
