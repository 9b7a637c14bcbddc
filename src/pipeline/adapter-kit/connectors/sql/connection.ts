import { FatalError, SkippableError } from '../../../../platform/kernel/index.js';
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
import { parseJsonRecord } from '../parse-json-record.js';
import { readAhead } from '../read-ahead.js';
import { streamOf } from '../streams.js';
import { sqlBlock, type SqlBlock } from './block.js';
import { sqlError } from './errors.js';
import { openMysql } from './mysql.js';
import { openPostgres } from './postgres.js';
import { inTime, paced } from './paced.js';
import { closeOrDrop, openInTime } from './patience.js';
import { describe, scan } from './scan.js';
import { STATEMENT_TIMEOUT_MS, type SqlColumn, type SqlSession, type SqlSettings } from './session.js';

/** A database read with one query per stream; each read has a session of its own. */
export class SqlConnection implements SourceConnection {
  readonly #blocks: Map<string, SqlBlock>;
  readonly #columns = new Map<string, SqlColumn[]>();
  readonly #timeZone: string;
  readonly #rules: RequestRules;

  constructor(
    manifest: AdapterManifest,
    private readonly settings: SqlSettings,
    gate?: RequestGate,
  ) {
    this.#rules = requestRules(manifest, gate, { totalSeconds: STATEMENT_TIMEOUT_MS / 1000 });
    this.#blocks = new Map(manifest.streams.map((stream) => [stream.name, sqlBlock(stream)]));
    this.#timeZone = typeof manifest['timeZone'] === 'string' ? manifest['timeZone'] : 'Asia/Shanghai';
  }

  /** Signs in and lets the server prepare every query: a missing table, column or right shows here. */
  check(signal: AbortSignal): Promise<CheckResult> {
    return checkWith(async () => {
      await this.discover(signal);
    });
  }

  async discover(signal: AbortSignal): Promise<DiscoveredStream[]> {
    return this.#withSession(signal, async (session) => {
      const found: DiscoveredStream[] = [];
      for (const [name, block] of this.#blocks) {
        const columns = await this.#describe(session, name, block);
        found.push({ name, fields: columns.map(({ name: column, type }) => ({ name: column, type })) });
      }
      return found;
    });
  }

  read(request: ReadRequest): AsyncIterable<Page> {
    return readAhead(this.#scan(request));
  }

  async *#scan(request: ReadRequest): AsyncGenerator<Page> {
    const block = streamOf(this.#blocks, request.stream);
    const session = await this.#open(request.signal);
    const abort = (): void => session.abort();
    request.signal.addEventListener('abort', abort, { once: true });
    try {
      yield* paced(this.#pages(session, block, request), session, this.#rules, request);
    } catch (error) {
      request.signal.throwIfAborted();
      throw sqlError(error, request.stream);
    } finally {
      request.signal.removeEventListener('abort', abort);
      await closeOrDrop(session);
    }
  }

  async *#pages(session: SqlSession, block: SqlBlock, request: ReadRequest): AsyncGenerator<Page> {
    await session.beginSnapshot();
    const columns = await this.#describe(session, request.stream, block);
    yield* scan(session, block, columns, request);
  }

  parse(stream: string, record: Uint8Array): SourceRow {
    const columns = this.#columns.get(stream);
    if (!columns) throw new FatalError('CONNECTOR_PARSE_BEFORE_READ', { where: { stream } });
    const values = parseJsonRecord(record, stream, 'CONNECTOR_RECORD_JSON');
    if (!Array.isArray(values))
      throw new SkippableError('CONNECTOR_RECORD_JSON', { origin: 'source', where: { stream } });
    if (values.length !== columns.length)
      throw new SkippableError('CONNECTOR_RECORD_CELLS', {
        origin: 'source',
        where: { stream },
        params: { found: values.length, expected: columns.length },
      });
    const row: Record<string, string | null> = {};
    for (let i = 0; i < columns.length; i++) row[columns[i]!.name] = values[i] as string | null;
    return row;
  }

  async close(): Promise<void> {
    await this.#rules.gate.leave?.();
  }

  #open(signal: AbortSignal): Promise<SqlSession> {
    const { settings } = this;
    const open = settings.engine === 'postgresql' ? openPostgres : openMysql;
    return this.#rules.gate.pass(signal, () => openInTime(open(settings, this.#timeZone), this.#rules.totalMs));
  }

  async #withSession<T>(signal: AbortSignal, work: (session: SqlSession) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const session = await this.#open(signal);
    const abort = (): void => session.abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await inTime(session, { totalMs: this.#rules.totalMs, signal }, () => work(session));
    } finally {
      signal.removeEventListener('abort', abort);
      await closeOrDrop(session);
    }
  }

  async #describe(session: SqlSession, stream: string, block: SqlBlock): Promise<SqlColumn[]> {
    let columns: SqlColumn[];
    try {
      columns = await describe(session, block);
    } catch (error) {
      throw sqlError(error, stream);
    }
    if (new Set(columns.map((column) => column.name)).size < columns.length)
      throw new FatalError('CONNECTOR_COLUMN_TWICE', { origin: 'source', where: { stream } });
    this.#columns.set(stream, columns);
    return columns;
  }
}
