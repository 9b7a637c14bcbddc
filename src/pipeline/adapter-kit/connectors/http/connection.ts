import { FatalError, SkippableError, type JsonValue } from '../../../../platform/kernel/index.js';
import type {
  AdapterManifest,
  CheckResult,
  DiscoveredStream,
  Page,
  ReadRequest,
  SourceConnection,
  SourceRow,
} from '../../contract.js';
import { requestRules, type RequestGate, type RequestRules } from '../../resilience/index.js';
import { checkWith } from '../check.js';
import { fieldsOf } from '../fields.js';
import { addressOf, call, type Answer } from '../http-call.js';
import { atDots, parseJson, stableJson } from '../json.js';
import { readAhead } from '../read-ahead.js';
import { byOffset, type Slice } from '../paging.js';
import { RecordWriter } from '../record-writer.js';
import { parseJsonRecord } from '../parse-json-record.js';
import { streamOf } from '../streams.js';
import type { ServiceRequest } from '../../service-manifest.js';
import { probes } from '../services.js';
import { HttpServices } from './services.js';
import { httpBlock, type HttpBlock } from './block.js';

interface HttpSettings {
  baseUrl: string;
  token?: string;
  apiKey?: string;
  apiKeyHeader?: string;
}

const DEFAULT_LIMIT = 500;
const SAMPLE = 20;

/** A JSON list API. A record is its item's JSON with sorted members, so the order of members and white space do not count as change. */
export class HttpConnection implements SourceConnection {
  readonly #blocks: Map<string, HttpBlock>;
  readonly #base: string;
  readonly #headers: Record<string, string> = { accept: 'application/json' };
  readonly #limit: number;
  readonly #rules: RequestRules;
  readonly #services: HttpServices;
  readonly #probes: readonly Omit<ServiceRequest, 'signal'>[];

  constructor(manifest: AdapterManifest, settings: HttpSettings, gate?: RequestGate) {
    this.#rules = requestRules(manifest, gate);
    this.#blocks = new Map(manifest.streams.map((stream) => [stream.name, httpBlock(stream)]));
    this.#base = addressOf(settings.baseUrl, 'baseUrl').href.replace(/\/$/, '');
    this.#limit = manifest.limits?.pageSize ?? DEFAULT_LIMIT;
    if (settings.token !== undefined) this.#headers['authorization'] = `Bearer ${settings.token}`;
    if (settings.apiKey !== undefined) this.#headers[settings.apiKeyHeader ?? 'X-API-Key'] = settings.apiKey;
    this.#services = new HttpServices(manifest, { ...settings }, this.#base, this.#headers, this.#rules);
    this.#probes = probes(manifest);
  }

  lookup(request: ServiceRequest): Promise<SourceRow | null> {
    return this.#services.ask(request);
  }

  verify(request: ServiceRequest): Promise<SourceRow | null> {
    return this.#services.ask(request);
  }

  check(signal: AbortSignal): Promise<CheckResult> {
    return checkWith(async () => {
      for (const probe of this.#probes) await this.#services.ask({ ...probe, signal });
      for (const name of this.#blocks.keys()) await this.#slice(name, 0, 1, signal);
    });
  }

  async discover(signal: AbortSignal): Promise<DiscoveredStream[]> {
    const found: DiscoveredStream[] = [];
    for (const name of this.#blocks.keys()) {
      const { records } = await this.#slice(name, 0, SAMPLE, signal);
      found.push({ name, fields: fieldsOf(records.map((record) => JSON.parse(record) as JsonValue).filter(isRow)) });
    }
    return found;
  }

  read(request: ReadRequest): AsyncIterable<Page> {
    return readAhead(this.#scan(request));
  }

  async *#scan(request: ReadRequest): AsyncGenerator<Page> {
    const { stream, signal } = request;
    streamOf(this.#blocks, stream);
    const start = readCheckpoint(request.checkpoint, stream);
    const limit = Math.min(request.pageSize, this.#limit);
    const slices = byOffset((offset, count) => this.#slice(stream, offset, count, signal), {
      ...start,
      limit,
      stream,
      rowCap: this.#rules.rowCap,
    });
    for await (const slice of slices) {
      const writer = new RecordWriter();
      const page: Page = {
        records: slice.records.map((text) => writer.write(text)),
        checkpoint: JSON.stringify([slice.next, slice.total ?? null]),
        last: slice.last,
      };
      if (slice.total !== undefined) page.expectedTotal = slice.total;
      yield page;
    }
  }

  parse(stream: string, record: Uint8Array): SourceRow {
    const value = parseJsonRecord(record, stream, 'CONNECTOR_RECORD_JSON');
    if (isRow(value)) return value;
    throw new SkippableError('CONNECTOR_RECORD_JSON', { origin: 'source', where: { stream } });
  }

  async close(): Promise<void> {
    await this.#rules.gate.leave?.();
  }

  async #slice(stream: string, offset: number, limit: number, signal: AbortSignal): Promise<Slice> {
    const block = streamOf(this.#blocks, stream);
    const { paging } = block;
    if (paging.style === 'none' && offset > 0) return { records: [], total: offset };
    const url = new URL(this.#base + block.path);
    for (const [name, value] of Object.entries(block.parameters)) url.searchParams.set(name, value);
    if (paging.style !== 'none') url.searchParams.set(paging.limitParam, String(limit));
    if (paging.style === 'offset') url.searchParams.set(paging.offsetParam, String(offset));
    // Where only whole pages can be asked for, the page that holds the offset is asked for: rows may repeat, none is missed.
    if (paging.style === 'page')
      url.searchParams.set(paging.pageParam, String(Math.floor(offset / limit) + paging.firstPage));
    const request = { method: 'GET' as const, headers: this.#headers, signal, stream, rules: this.#rules };
    const { items, total } = await call(url, request, (answer) => {
      const body = bodyOf(answer, stream);
      const found = atDots(body, block.items);
      if (!Array.isArray(found)) throw badBody(stream, 'items');
      return { items: this.#clean(answer, found), total: totalOf(answer, body, block, stream) };
    });
    const skip = paging.style === 'page' ? offset % limit : 0;
    const records = items.slice(skip).map((item) => stableJson(item));
    return { records, total: paging.style === 'none' ? items.length : total };
  }

  /** Only an escape can spell half a surrogate pair: the body itself was decoded strictly. */
  #clean(answer: Answer, items: JsonValue[]): JsonValue[] {
    return /\\u[dD][89a-fA-F]/.test(answer.text) ? items.map(wellFormed) : items;
  }
}

const isRow = (value: JsonValue): value is { [field: string]: JsonValue } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const badBody = (stream: string, what: string): FatalError =>
  new FatalError('CONNECTOR_BODY', { origin: 'source', where: { stream }, params: { what } });

function bodyOf(answer: Answer, stream: string): JsonValue {
  try {
    return parseJson(answer.text);
  } catch {
    // the parser's message quotes the body
    throw badBody(stream, 'json');
  }
}

function totalOf(answer: Answer, body: JsonValue, block: HttpBlock, stream: string): number | undefined {
  const { totalHeader, totalPath } = block.paging;
  if (totalHeader === undefined && totalPath === undefined) return undefined;
  const given = totalHeader === undefined ? atDots(body, totalPath!) : answer.headers.get(totalHeader);
  const total = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof total === 'number' && Number.isSafeInteger(total) && total >= 0) return total;
  throw badBody(stream, totalHeader ?? totalPath!);
}

/** Half a surrogate pair is no text, but it must not fail the page: it becomes U+FFFD. */
function wellFormed(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toWellFormed(), wellFormed(member)]));
}

function readCheckpoint(checkpoint: string | null, stream: string): { offset: number; total?: number } {
  if (checkpoint === null) return { offset: 0 };
  try {
    const [offset, total] = JSON.parse(checkpoint) as unknown[];
    const natural = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0;
    if (natural(offset) && (total === null || natural(total))) return total === null ? { offset } : { offset, total };
  } catch {
    // one error for every form of nonsense
  }
  throw new FatalError('CONNECTOR_CHECKPOINT', { where: { stream } });
}
