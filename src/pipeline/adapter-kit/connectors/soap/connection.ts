import { IsthmusError, SkippableError, type JsonValue } from '../../../../platform/kernel/index.js';
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
import { addressOf } from '../http-call.js';
import { byOffset } from '../paging.js';
import { RecordWriter } from '../record-writer.js';
import { parseJsonRecord } from '../parse-json-record.js';
import { decodeStrictly } from '../decode.js';
import { parseXml, XmlError } from '../xml.js';
import { readAhead } from '../read-ahead.js';
import { streamOf } from '../streams.js';
import type { ServiceRequest } from '../../service-manifest.js';
import { probes } from '../services.js';
import { SoapServices } from './services.js';
import { soapBlock, type SoapBlock } from './block.js';
import { invoke, type Invocation } from './invoke.js';
import { wallNow } from './moment.js';
import { scanPeriods } from './scan-periods.js';
import { scanWindows } from './scan-windows.js';
import { slicer } from './slices.js';

const DEFAULT_LIMIT = 1000;
const SAMPLE = 20;
const LESS_THAN = 0x3c;

/** SOAP 1.1 services with list operations. A record is the text of its element; every value is text. */
export class SoapConnection implements SourceConnection {
  readonly #blocks: Map<string, SoapBlock>;
  readonly #limit: number;
  readonly #timeZone: string;
  readonly #rules: RequestRules;
  readonly #services: SoapServices;
  readonly #probes: readonly Omit<ServiceRequest, 'signal'>[];

  constructor(
    manifest: AdapterManifest,
    private readonly settings: Readonly<Record<string, unknown>>,
    gate?: RequestGate,
  ) {
    this.#rules = requestRules(manifest, gate);
    this.#blocks = new Map(manifest.streams.map((stream) => [stream.name, soapBlock(stream)]));
    this.#limit = manifest.limits?.pageSize ?? DEFAULT_LIMIT;
    this.#timeZone = typeof manifest['timeZone'] === 'string' ? manifest['timeZone'] : 'Asia/Shanghai';
    for (const block of this.#blocks.values()) addressOf(settings[block.endpoint], block.endpoint);
    this.#services = new SoapServices(manifest, settings, this.#rules);
    this.#probes = probes(manifest);
  }

  lookup(request: ServiceRequest): Promise<SourceRow | null> {
    return this.#services.ask(request);
  }

  verify(request: ServiceRequest): Promise<SourceRow | null> {
    return this.#services.ask(request);
  }

  /**
   * Asks each stream for its periods, or for one row of a minute ago, and each service about nobody: enough to prove
   * address, credential and operation.
   */
  check(signal: AbortSignal): Promise<CheckResult> {
    return checkWith(async () => {
      for (const probe of this.#probes) await this.#services.ask({ ...probe, signal });
      for (const [stream, block] of this.#blocks) await this.#probe(stream, block, 1, signal);
    });
  }

  async discover(signal: AbortSignal): Promise<DiscoveredStream[]> {
    const found: DiscoveredStream[] = [];
    for (const stream of this.#blocks.keys()) {
      const rows: SourceRow[] = [];
      const request = { stream, checkpoint: null, pageSize: SAMPLE, signal };
      for await (const page of this.read(request)) {
        for (const record of page.records) {
          try {
            rows.push(this.parse(stream, record));
          } catch (error) {
            if (!(error instanceof IsthmusError)) throw error;
          }
        }
        if (rows.length >= SAMPLE) break;
      }
      found.push({ name: stream, fields: fieldsOf(rows) });
    }
    return found;
  }

  read(request: ReadRequest): AsyncIterable<Page> {
    return readAhead(this.#scan(request));
  }

  async *#scan(request: ReadRequest): AsyncGenerator<Page> {
    const block = streamOf(this.#blocks, request.stream);
    const base = this.#base(request.stream, block, request.signal);
    const limit = Math.min(request.pageSize, this.#limit);
    if (block.periods) yield* scanPeriods(base, request, limit);
    else if (block.window) yield* scanWindows(base, block.window, request, limit, wallNow(this.#timeZone));
    else yield* this.#scanList(base, request, limit);
  }

  parse(stream: string, record: Uint8Array): SourceRow {
    const value =
      record[0] === LESS_THAN ? xmlValue(record, stream) : parseJsonRecord(record, stream, 'CONNECTOR_RECORD_XML');
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
    throw new SkippableError('CONNECTOR_RECORD_XML', { origin: 'source', where: { stream } });
  }

  async close(): Promise<void> {
    await this.#rules.gate.leave?.();
  }

  #base(stream: string, block: SoapBlock, signal: AbortSignal): Omit<Invocation, 'operation' | 'places'> {
    return {
      url: addressOf(this.settings[block.endpoint], block.endpoint),
      settings: this.settings,
      block,
      signal,
      stream,
      rules: this.#rules,
    };
  }

  async #probe(stream: string, block: SoapBlock, limit: number, signal: AbortSignal): Promise<void> {
    const base = this.#base(stream, block, signal);
    if (block.periods) {
      await invoke({ ...base, operation: block.periods.operation, places: {} });
      return;
    }
    const now = wallNow(this.#timeZone);
    const moment = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
    await slicer(base, block.window ? { begin: moment(now - 60_000), end: moment(now) } : {})(0, limit);
  }

  async *#scanList(
    base: Omit<Invocation, 'operation' | 'places'>,
    request: ReadRequest,
    limit: number,
  ): AsyncGenerator<Page> {
    const offset = request.checkpoint === null ? 0 : Number(request.checkpoint);
    for await (const slice of byOffset(slicer(base, {}), {
      offset,
      limit,
      stream: request.stream,
      rowCap: base.rules.rowCap,
    })) {
      const writer = new RecordWriter();
      const page: Page = {
        records: slice.records.map((text) => writer.write(text)),
        checkpoint: String(slice.next),
        last: slice.last,
      };
      if (slice.total !== undefined) page.expectedTotal = slice.total;
      yield page;
    }
  }
}

/** The content of a record element. @throws SkippableError CONNECTOR_RECORD_XML, CONNECTOR_RECORD_ENCODING. */
function xmlValue(record: Uint8Array, stream: string): JsonValue {
  try {
    const value = Object.values(parseXml(decodeStrictly(record, 'utf-8', stream)))[0] as JsonValue;
    return value === '' ? {} : value;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new SkippableError('CONNECTOR_RECORD_XML', { origin: 'source', where: { stream } });
  }
}
