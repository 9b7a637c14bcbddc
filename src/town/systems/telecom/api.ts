import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { driftOf } from '../../faults/drift.js';
import { struck } from '../../faults/http-faults.js';
import { inOrderOf, shownRows } from '../../faults/paging.js';
import type { Catalogue } from './catalogue.js';
import { customer, individual, product } from './resources.js';

type Json = Record<string, unknown>;

interface Collection {
  total(): number;
  page(offset: number, limit: number, base: string): Json[];
  one(key: string, base: string): Json | undefined;
}

/** What the server hands out at once at the most; a longer page is cut, as its headers show. */
export const MOST_PER_PAGE = 5000;
const DEFAULT_PAGE = 100;

function collections(books: Catalogue): Record<string, Collection> {
  const holders = (shape: typeof individual): Collection => ({
    total: () => books.holderCount,
    page: (offset, limit, base) => books.holders(offset, limit).map((holder) => shape(holder, base)),
    one: (key, base) => {
      const holder = books.holder(key);
      const shown = holder && shape(holder, base);
      return shown?.id === key ? shown : undefined;
    },
  });
  return {
    '/tmf-api/party/v4/individual': holders(individual),
    '/tmf-api/customerManagement/v4/customer': holders(customer),
    '/tmf-api/productInventory/v4/product': {
      total: () => books.lineCount,
      page: (offset, limit, base) => books.lines(offset, limit).map((owned) => product(owned, base)),
      one: (key, base) => {
        const owned = books.line(key);
        return owned && product(owned, base);
      },
    },
  };
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'Content-Type': 'application/json;charset=utf-8',
    'Content-Length': bytes.length,
    ...headers,
  });
  response.end(bytes);
}

const refuse = (response: ServerResponse, status: number, reason: string, message: string): void =>
  answer(response, status, { code: String(status), reason, message, '@type': 'Error' });

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A whole number of a query parameter; null when it is none. */
function wholeNumber(text: string | null, fallback: number): number | null {
  if (text === null) return fallback;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** TMF630 `fields=a,b`: those attributes only, and always id and href. */
function only(fields: string | null): (entry: Json) => Json {
  if (fields === null || fields === '') return (entry) => entry;
  const wanted = new Set(['id', 'href', ...fields.split(',')]);
  return (entry) => Object.fromEntries(Object.entries(entry).filter(([name]) => wanted.has(name)));
}

/** The list that a request asks for. */
export function streamOf(request: IncomingMessage): string | null {
  if (request.url?.startsWith('/check/')) return 'check';
  const name = /\/(individual|customer|product)(?=[/?]|$)/.exec(request.url ?? '')?.[1];
  return name === undefined ? null : `${name}s`;
}

/** Refuses a request whose token is wrong or has expired. */
export function refuseToken(response: ServerResponse): void {
  response.setHeader('WWW-Authenticate', 'Bearer realm="tmf-api"');
  refuse(response, 401, 'Unauthorized', 'a valid bearer token is needed');
}

/** TMF629, TMF632 and TMF637 v4, reading only: Bearer token, offset/limit, X-Total-Count, 206 for a part of a list. */
export function telecomApi(books: Catalogue, token: string): RequestListener {
  const served = collections(books);
  const expected = digest(`Bearer ${token}`);
  return (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://town');
    const base = `http://${request.headers.host ?? '127.0.0.1'}/tmf-api`;
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
      return refuseToken(response);
    }
    if (request.method !== 'GET') return refuse(response, 405, 'Method Not Allowed', 'this interface is for reading');
    const path = url.pathname.replace(/\/$/, '');
    const select = only(url.searchParams.get('fields'));
    const list = served[path];
    if (list) {
      const offset = wholeNumber(url.searchParams.get('offset'), 0);
      const limit = wholeNumber(url.searchParams.get('limit'), DEFAULT_PAGE);
      if (offset === null || limit === null || limit === 0) {
        return refuse(response, 400, 'Bad Request', 'offset and limit are whole numbers, limit from 1');
      }
      const total = list.total();
      const faults = struck(request);
      const { from, to } = shownRows(faults, { start: offset, limit: Math.min(limit, MOST_PER_PAGE), total });
      const page = inOrderOf(faults, list.page(from, to - from, base));
      const drift = driftOf(faults, streamOf(request) ?? '');
      const shown = drift === null ? page : page.map(drift);
      return answer(response, page.length < total ? 206 : 200, shown.map(select), {
        'X-Total-Count': String(total),
        'X-Result-Count': String(page.length),
      });
    }
    const slash = path.lastIndexOf('/');
    const one = served[path.slice(0, slash)]?.one(path.slice(slash + 1), base);
    if (!one) return refuse(response, 404, 'Not Found', 'no such resource');
    return answer(response, 200, select(one));
  };
}
