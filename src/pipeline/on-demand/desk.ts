import type { Database, Tx } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import type { ServiceManifest } from '../adapter-kit/index.js';
import { sourceSettings, storedAdapter } from '../sync/index.js';
import { LookupSource, type CallReport } from './lookup-source.js';
import { lookupSources, recordCall } from './lookup-state.repository.js';
import type { Answer, Outcome } from './answer.js';

export type Question = ServiceManifest['question'];

/** A question that one service of one source can be asked. */
export interface Askable {
  source: string;
  service: ServiceManifest;
  /** An answer of the last seconds: no call is needed. */
  remembered: Answer | null;
  ask(signal: AbortSignal): Promise<Outcome>;
}

export interface DeskOptions {
  database: Pick<Database, 'withContext'>;
  keyring: Keyring;
  /** For how long the list of sources and their settings is taken to be the same, ms. */
  knownForMs?: number;
}

const KNOWN_FOR_MS = 1_000;
/** Calls that went well are written down this often at the most; a failure and a change of the breaker at once. */
const RECORD_EVERY_MS = 1_000;

interface Opened {
  /** Adapter and settings it was opened with. */
  stamp: string;
  source: Promise<LookupSource>;
}

/** Where questions to on-demand sources are asked. It holds no transaction and knows no purpose: that is the graph's. */
export class OnDemandDesk {
  readonly #open = new Map<string, Opened>();
  readonly #calls = new Map<string, { recordedAt: number; breaker: string; calls: number; failures: number }>();
  #known: { at: number; sources: Promise<LookupSource[]> } | null = null;

  constructor(private readonly options: DeskOptions) {}

  /**
   * Services that answer a question with these inputs, in the order of their sources' ids. Reads through the caller's
   * transaction: one that waited for a second connection while it holds one could wait for itself.
   */
  async askables(
    tx: Pick<Tx, 'query'>,
    question: Question,
    inputs: Readonly<Record<string, string>>,
  ): Promise<Askable[]> {
    const found: Askable[] = [];
    for (const source of await this.#sources(tx as Tx))
      for (const service of source.services) {
        if (service.question !== question || service.inputs.some((name) => inputs[name] === undefined)) continue;
        const own = Object.fromEntries(service.inputs.map((name) => [name, inputs[name]!]));
        found.push({
          source: source.id,
          service,
          remembered: source.remembered(service, own),
          ask: (signal) => source.ask(service, own, signal),
        });
      }
    return found;
  }

  async close(): Promise<void> {
    for (const { source } of this.#open.values()) await (await source.catch(() => null))?.close();
    this.#open.clear();
  }

  #sources(tx: Tx): Promise<LookupSource[]> {
    const now = Date.now();
    if (this.#known && now - this.#known.at < (this.options.knownForMs ?? KNOWN_FOR_MS)) return this.#known.sources;
    const sources = this.#read(tx);
    this.#known = { at: now, sources };
    sources.catch(() => (this.#known = null));
    return sources;
  }

  async #read(tx: Tx): Promise<LookupSource[]> {
    const { keyring } = this.options;
    const rows = await lookupSources(tx);
    for (const [id, { source }] of this.#open)
      if (!rows.some((row) => row.id === id)) {
        this.#open.delete(id);
        source.then((gone) => gone.close()).catch(() => undefined);
      }
    const open = rows.map(({ id, stamp }) => {
      const known = this.#open.get(id);
      if (known?.stamp === stamp) return known.source;
      known?.source.then((old) => old.close()).catch(() => undefined);
      const source = this.#openSource(tx, keyring, id);
      this.#open.set(id, { stamp, source });
      source.catch(() => this.#open.delete(id));
      return source;
    });
    // A source that cannot be opened (a setting of an older adapter) takes no other with it.
    return (await Promise.all(open.map((one) => one.catch(() => null)))).filter((one) => one !== null);
  }

  async #openSource(tx: Tx, keyring: Keyring, id: string): Promise<LookupSource> {
    const { adapterHash, settings } = await sourceSettings(tx, keyring, id);
    const adapter = await storedAdapter(tx, adapterHash);
    return LookupSource.open(id, adapter, settings, keyring, (call) => this.#note(call));
  }

  /** State for operators; losing a note loses nothing else. */
  #note(report: CallReport): void {
    const known = this.#calls.get(report.source) ?? { recordedAt: 0, breaker: 'CLOSED', calls: 0, failures: 0 };
    this.#calls.set(report.source, known);
    known.calls++;
    if (report.code !== null) known.failures++;
    const telling = report.code !== null || report.breaker !== known.breaker;
    if (!telling && report.at.getTime() - known.recordedAt < RECORD_EVERY_MS) return;
    const { calls, failures } = known;
    Object.assign(known, { recordedAt: report.at.getTime(), breaker: report.breaker, calls: 0, failures: 0 });
    this.options.database
      .withContext('app', { actor: 'on-demand' }, (tx) => recordCall(tx, report, calls, failures))
      .catch(() => undefined);
  }
}
