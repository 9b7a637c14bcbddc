import type { AdapterManifest, SourceRow } from '../../contract.js';
import { startServer, type Reply } from './server.js';
import type { Upstream } from './upstream.js';

interface Block {
  path: string;
  items?: string;
  paging?: {
    style?: string;
    offsetParam?: string;
    limitParam?: string;
    pageParam?: string;
    firstPage?: number;
    totalHeader?: string;
    totalPath?: string;
  };
}

const TOKEN = 'exam-token';

/** A JSON list interface that wants a bearer token. */
export async function httpUpstream(manifest: AdapterManifest): Promise<Upstream> {
  const rows = new Map<string, unknown[]>();
  const answer = (url: URL, authorization: string | undefined): Reply => {
    if (authorization !== `Bearer ${TOKEN}`) return { status: 401, body: '{"code":"401"}' };
    const stream = manifest.streams.find(({ name, http }) => url.pathname === (http as Block).path && rows.has(name));
    if (!stream) return { status: 404, body: '{}' };
    return list(stream['http'] as Block, rows.get(stream.name)!, url.searchParams);
  };
  const server = await startServer((url, request) => answer(url, request.headers.authorization));
  return {
    manifest,
    settings: { baseUrl: server.origin, token: TOKEN },
    refused: { baseUrl: server.origin, token: 'wrong' },
    serve: async (stream, served) => void rows.set(stream, [...served]),
    wire: (_stream, row) => row,
    serveBad: async (stream, served) => {
      rows.set(stream, served.toSpliced(Math.ceil(served.length / 2), 0, 'not a record' as unknown as SourceRow));
      return true;
    },
    serveMisencoded: async () => false,
    queryColumns: async () => null,
    close: () => server.close(),
  };
}

function list(block: Block, rows: unknown[], query: URLSearchParams): Reply {
  const paging = {
    style: 'offset',
    offsetParam: 'offset',
    limitParam: 'limit',
    pageParam: 'page',
    firstPage: 1,
    ...block.paging,
  };
  const limit = paging.style === 'none' ? rows.length : Number(query.get(paging.limitParam) ?? 10);
  const page = Number(query.get(paging.pageParam) ?? paging.firstPage) - paging.firstPage;
  const from = paging.style === 'page' ? page * limit : Number(query.get(paging.offsetParam) ?? 0);
  const items = rows.slice(from, from + limit);
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (paging.totalHeader) headers[paging.totalHeader] = String(rows.length);
  let body = put({}, block.items ?? '', items);
  if (paging.totalPath) body = put(body as Record<string, unknown>, paging.totalPath, rows.length);
  return { status: items.length < rows.length ? 206 : 200, headers, body: JSON.stringify(body) };
}

function put(target: Record<string, unknown>, path: string, value: unknown): unknown {
  const names = path.split('.').filter((name) => name !== '');
  const last = names.pop();
  if (last === undefined) return value;
  let at = target;
  for (const name of names) at = (at[name] ??= {}) as Record<string, unknown>;
  at[last] = value;
  return target;
}
