import { IsthmusError, RetriableError, canonicalJson } from '../../platform/kernel/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import {
  CircuitBreaker,
  openSource,
  type AdapterManifest,
  type ServiceManifest,
  type SourceConnection,
} from '../adapter-kit/index.js';
import { compileServiceMapping, type CompiledService } from '../conform/index.js';
import { AnswerCache } from './answer-cache.js';
import type { Answer, Outcome } from './answer.js';
import { callService } from './service-call.js';
import { Slots } from './slots.js';

const DEADLINE_MS = 2_000;
const CONCURRENCY = 4;
const BREAKER_FAILURES = 5;
const BREAKER_SECONDS = 30;

/** How a call went, for whoever keeps the source's state. */
export interface CallReport {
  source: string;
  breaker: CircuitBreaker['phase'];
  /** null = it answered. */
  code: string | null;
  ms: number;
  at: Date;
}

/** One on-demand source, open: its breaker, its slots and its short memory live as long as its settings stay. */
export class LookupSource {
  readonly #compiled: Map<string, CompiledService>;
  readonly #cache = new AnswerCache();
  readonly #slots: Slots;
  readonly #breaker: CircuitBreaker;

  private constructor(
    readonly id: string,
    private readonly manifest: AdapterManifest,
    mapping: unknown,
    private readonly connection: SourceConnection,
    private readonly keyring: Pick<Keyring, 'blindIndex'>,
    private readonly report: (report: CallReport) => void,
  ) {
    const { limits = {} } = manifest;
    this.#compiled = compileServiceMapping(mapping, manifest);
    this.#slots = new Slots(limits.concurrency ?? CONCURRENCY);
    const pauseMs = (limits.breakerSeconds ?? BREAKER_SECONDS) * 1000;
    this.#breaker = new CircuitBreaker(id, {
      threshold: limits.breakerFailures ?? BREAKER_FAILURES,
      baseMs: pauseMs,
      capMs: 4 * pauseMs,
    });
  }

  static async open(
    id: string,
    adapter: { manifest: AdapterManifest; mapping: unknown },
    settings: Readonly<Record<string, unknown>>,
    keyring: Pick<Keyring, 'blindIndex'>,
    report: (report: CallReport) => void,
  ): Promise<LookupSource> {
    const connection = await openSource(adapter.manifest, settings);
    return new LookupSource(id, adapter.manifest, adapter.mapping, connection, keyring, report);
  }

  get services(): readonly ServiceManifest[] {
    return this.manifest.services ?? [];
  }

  /** An answer of the last seconds, where the manifest lets one be remembered. */
  remembered(service: ServiceManifest, inputs: Readonly<Record<string, string>>): Answer | null {
    return service.cacheSeconds ? this.#cache.get(this.#key(service, inputs), Date.now()) : null;
  }

  /** Never throws: a source that is down, slow or unreadable is an outcome. */
  async ask(service: ServiceManifest, inputs: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Outcome> {
    const from = performance.now();
    const about = { source: this.id, service: service.name };
    try {
      const said = await this.#call(service, inputs, signal);
      const answer: Answer = { ...said, at: new Date(), remembered: false };
      this.#cache.put(this.#key(service, inputs), answer, service.cacheSeconds ?? 0, Date.now());
      this.#tell(null, from);
      return { ...about, state: 'answered', answer };
    } catch (error) {
      // What is none of ours is an aborted wait: for the requester's end, or in the line of calls.
      const code = error instanceof IsthmusError ? error.code : signal.aborted ? 'LOOKUP_GIVEN_UP' : 'LOOKUP_BUSY';
      this.#tell(code, from);
      return { ...about, state: 'unavailable', code };
    }
  }

  async close(): Promise<void> {
    this.#cache.clear();
    await this.connection.close();
  }

  async #call(
    service: ServiceManifest,
    inputs: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): ReturnType<typeof callService> {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(service.deadlineMs ?? DEADLINE_MS)]);
    const full = (): Error =>
      new RetriableError('LOOKUP_BUSY', { origin: 'gateway', where: { source: this.id }, params: {} });
    // The breaker is asked behind the line: those who waited for a source that died meanwhile do not ask it too.
    return this.#slots.with(deadline, full, () =>
      this.#breaker.run(() =>
        callService(this.connection, service, this.#compiled.get(service.name)!, inputs, deadline),
      ),
    );
  }

  #key(service: ServiceManifest, inputs: Readonly<Record<string, string>>): string {
    return this.keyring.blindIndex('look-up', canonicalJson([service.name, { ...inputs }])).toString('base64');
  }

  #tell(code: string | null, from: number): void {
    const ms = Math.round(performance.now() - from);
    this.report({ source: this.id, breaker: this.#breaker.phase, code, ms, at: new Date() });
  }
}
