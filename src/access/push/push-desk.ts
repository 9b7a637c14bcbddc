import { RetriableError, UsageError, type Clock } from '../../platform/kernel/index.js';
import type { Database } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { append } from '../../platform/ledger/index.js';
import { putEvents, readDelivery, type Accepted, type Delivery } from '../../pipeline/push/index.js';
import { PushTargets, type PushTarget } from './push-target.js';
import { TokenBucket } from './token-bucket.js';

const REQUESTS_PER_SECOND = 500;
const REFUSALS_PER_SECOND = 20;
const REFUSALS_RECORDED_PER_MINUTE = 60;
const MOST_WAITING = 200_000;

/** What a sender is told. */
export interface Receipt extends Accepted {
  /** Events of types that are none of the stream's. */
  ignored: number;
}

/** Who sends, as far as the connection shows it. */
export interface Sender {
  address: string;
}

/** Takes pushed events in: believes only what is signed, and answers only what is durable. */
export class PushDesk {
  readonly #targets: PushTargets;
  readonly #pace = new Map<number, TokenBucket>();
  readonly #refusals = new Map<string, TokenBucket>();
  readonly #recorded = new Map<number, { minute: number; times: number }>();

  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {
    this.#targets = new PushTargets(database, keyring);
  }

  /**
   * Before the body is read: whether there is such a stream, and whether it takes events now.
   *
   * @throws UsageError PUSH_UNKNOWN; RetriableError PUSH_STOPPED, PUSH_BACKLOG, PUSH_RATE.
   */
  async admit(source: string, stream: string, sender: Sender): Promise<PushTarget> {
    const target = await this.#targets.find(source, stream);
    if (!target) throw new UsageError('PUSH_UNKNOWN');
    if (target.suspended) throw new RetriableError('PUSH_STOPPED', { retryAfterMs: 300_000 });
    if (target.waiting > MOST_WAITING) throw new RetriableError('PUSH_BACKLOG', { retryAfterMs: 30_000 });
    // Whoever guesses signatures is slowed down; others at other addresses are not.
    if (!this.#refusalsOf(target, sender).has()) throw new RetriableError('PUSH_RATE', { retryAfterMs: 1000 });
    return target;
  }

  /**
   * Checks and stores what was sent, in one transaction that is committed when this resolves.
   *
   * @throws UsageError PUSH_SIGNATURE, PUSH_TIMESTAMP, PUSH_EVENT; RetriableError PUSH_RATE.
   */
  async receive(target: PushTarget, delivery: Delivery, sender: Sender): Promise<Receipt> {
    const { records, ignored } = await this.#believe(target, delivery, sender);
    if (!this.#paceOf(target).take()) throw new RetriableError('PUSH_RATE', { retryAfterMs: 1000 });
    if (records.length === 0) return { accepted: 0, duplicates: 0, ignored };
    const { source, stream } = target;
    const actor = `push:${source}`;
    return this.database.withContext('app', { actor }, async (tx) => {
      const stored = await putEvents(tx, this.keyring, stream, records);
      if (stored.accepted)
        await append(tx, {
          code: 'PUSH_RECEIVED',
          actor,
          source,
          stream,
          rows: stored.accepted,
          skipped: stored.duplicates,
        });
      return { ...stored, ignored };
    });
  }

  async #believe(target: PushTarget, delivery: Delivery, sender: Sender): Promise<ReturnType<typeof readDelivery>> {
    try {
      return readDelivery(delivery, target.push, target.settings, this.clock.now());
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.#refusalsOf(target, sender).take();
      await this.#record(target, error.code);
      throw error;
    }
  }

  /** Anybody can cause refusals, so their rows are bounded. */
  async #record({ source, stream }: PushTarget, reason: string): Promise<void> {
    const minute = Math.floor(this.clock.now().getTime() / 60_000);
    const before = this.#recorded.get(stream);
    const times = before?.minute === minute ? before.times + 1 : 1;
    this.#recorded.set(stream, { minute, times });
    if (times > REFUSALS_RECORDED_PER_MINUTE) return;
    const actor = `push:${source}`;
    await this.database.withContext('app', { actor }, (tx) =>
      append(tx, { code: 'PUSH_REFUSED', actor, source, stream, reason }),
    );
  }

  #paceOf({ stream, push }: PushTarget): TokenBucket {
    const perSecond = push.requestsPerSecond ?? REQUESTS_PER_SECOND;
    let bucket = this.#pace.get(stream);
    if (bucket?.perSecond !== perSecond) this.#pace.set(stream, (bucket = new TokenBucket(perSecond)));
    return bucket;
  }

  #refusalsOf({ stream }: PushTarget, { address }: Sender): TokenBucket {
    const name = `${stream} ${address}`;
    let bucket = this.#refusals.get(name);
    if (!bucket) {
      if (this.#refusals.size > 10_000) this.#refusals.clear();
      this.#refusals.set(name, (bucket = new TokenBucket(REFUSALS_PER_SECOND)));
    }
    return bucket;
  }
}
