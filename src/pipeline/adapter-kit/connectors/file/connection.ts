import { open } from 'node:fs/promises';
import { FatalError, IsthmusError, RetriableError } from '../../../../platform/kernel/index.js';
import type {
  AdapterManifest,
  CheckResult,
  DiscoveredStream,
  Page,
  ReadRequest,
  SourceConnection,
  SourceRow,
} from '../../contract.js';
import { checkWith } from '../check.js';
import { durationMs } from '../duration.js';
import { fieldsOf } from '../fields.js';
import { streamOf } from '../streams.js';
import { fileBlock, type FileBlock } from './block.js';
import { completeDeliveries, laterThanLast, nothingComplete } from './deliveries.js';
import { detectEncoding } from './encoding.js';
import { readLayout, type Layout } from './layout.js';
import { parseRecord } from './parse-record.js';
import { scan } from './scan.js';

/** A drop folder, read in place. */
export class FileConnection implements SourceConnection {
  readonly #blocks: Map<string, FileBlock>;
  /** The layout of the stream's file read last; files of a stream may differ, so pages remember theirs. */
  readonly #layouts = new Map<string, Layout>();
  readonly #layoutOfMemory = new WeakMap<ArrayBufferLike, Layout>();

  /** What `parse` found last: records come in runs from the same memory. */
  #last: { memory?: ArrayBufferLike; stream?: string; layout?: Layout; block?: FileBlock } = {};

  constructor(
    manifest: AdapterManifest,
    private readonly directory: string,
  ) {
    this.#blocks = new Map(
      manifest.streams.map((stream) => [stream.name, fileBlock(stream, manifest as Parameters<typeof fileBlock>[1])]),
    );
  }

  check(_signal: AbortSignal): Promise<CheckResult> {
    return checkWith(async () => {
      const warnings: NonNullable<CheckResult['warnings']> = [];
      for (const [stream, block] of this.#blocks) {
        const deliveries = await completeDeliveries(this.directory, block, stream);
        const newest = deliveries.at(-1) ?? (await nothingComplete(this.directory, block, stream));
        await (await open(newest.path, 'r')).close();
        const later = block.take === 'latest' ? laterThanLast(deliveries) : null;
        if (later)
          warnings.push({
            code: 'CONNECTOR_LATEST_BY_NAME',
            params: { stream, taken: newest.name, newest: later.name },
          });
        if (!block.expectedEvery) continue;
        const age = Date.now() - Math.max(...deliveries.map((delivery) => delivery.completeAt.getTime()));
        if (age > durationMs(block.expectedEvery))
          throw new RetriableError('CONNECTOR_DELIVERY_OVERDUE', {
            origin: 'source',
            where: { stream, file: newest.name },
            params: { expectedEvery: block.expectedEvery },
          });
      }
      return warnings;
    });
  }

  /** The columns of the newest complete file: its header row, or the fields of its first records. */
  async discover(signal: AbortSignal): Promise<DiscoveredStream[]> {
    const streams: DiscoveredStream[] = [];
    for (const [name, block] of this.#blocks) {
      if (block.format === 'csv') {
        const { columns } = await this.#newestLayout(name, block);
        streams.push({ name, fields: columns.map((column) => ({ name: column, type: 'text' })) });
      } else streams.push({ name, fields: await this.#sampleFields(name, signal) });
    }
    return streams;
  }

  async *read(request: ReadRequest): AsyncGenerator<Page> {
    const block = streamOf(this.#blocks, request.stream);
    yield* scan(
      this.directory,
      block,
      request,
      (layout) => this.#layouts.set(request.stream, layout),
      (page, layout) => {
        let memory: ArrayBufferLike | undefined;
        for (const record of page.records) {
          if (record.buffer === memory) continue;
          memory = record.buffer;
          this.#layoutOfMemory.set(memory, layout);
        }
      },
    );
  }

  parse(stream: string, record: Uint8Array): SourceRow {
    const last = this.#last;
    if (last.memory !== record.buffer || last.stream !== stream) {
      const layout = this.#layoutOfMemory.get(record.buffer) ?? this.#layouts.get(stream);
      if (!layout) throw new FatalError('CONNECTOR_PARSE_BEFORE_READ', { where: { stream } });
      this.#last = { memory: record.buffer, stream, layout, block: streamOf(this.#blocks, stream) };
    }
    return parseRecord(record, this.#last.layout!, this.#last.block!, stream);
  }

  columns(stream: string): readonly string[] | null {
    if (streamOf(this.#blocks, stream).format !== 'csv') return null;
    return this.#layouts.get(stream)?.columns ?? null;
  }

  async close(): Promise<void> {}

  async #newestLayout(stream: string, block: FileBlock): Promise<Layout> {
    const newest =
      (await completeDeliveries(this.directory, block, stream)).at(-1) ??
      (await nothingComplete(this.directory, block, stream));
    const handle = await open(newest.path, 'r');
    try {
      const detected = await detectEncoding(handle, block.encoding, newest.name);
      const layout = await readLayout(handle, block, detected, { stream, file: newest.name, size: newest.size });
      this.#layouts.set(stream, layout);
      return layout;
    } finally {
      await handle.close();
    }
  }

  async #sampleFields(stream: string, signal: AbortSignal): Promise<{ name: string; type: string }[]> {
    for await (const page of this.read({ stream, checkpoint: null, pageSize: 100, signal })) {
      const rows: SourceRow[] = [];
      for (const record of page.records) {
        try {
          rows.push(this.parse(stream, record));
        } catch (error) {
          if (!(error instanceof IsthmusError)) throw error;
        }
      }
      return fieldsOf(rows);
    }
    return [];
  }
}
