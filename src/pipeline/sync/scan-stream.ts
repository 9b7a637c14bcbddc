import { FatalError } from '../../platform/kernel/index.js';
import type { Page } from '../adapter-kit/index.js';
import {
  decodeNumbers,
  Bitmap,
  liveState,
  loadRawSet,
  missedRows,
  RawSet,
  SubjectKeys,
  type PagePlan,
} from '../store/index.js';
import { checkLayout } from './check-layout.js';
import { classifyPage, quarantine, type ClassifiedPage, type ScanMemory } from './classify-page.js';
import { commitPage, remember, sealPage, type PreparedPage } from './commit-page.js';
import { transact, wakeLink, type Engine, type OpenRun } from './engine.js';
import { lostFields } from './field-presence.js';
import { HoldError, type Hold } from './hold.js';
import { isApproved } from './hold.repository.js';
import { judgeChange } from './judge-change.js';
import { findPoison, isDataError, isRepeatedKey } from './isolate-poison.js';
import { tellWhenSlow } from './tell-when-slow.js';
import { markRunning } from './sync-run.repository.js';

/** What a scan leaves for the sweep. */
export interface ScanResult {
  memory: ScanMemory;
}

/** Loads what the stream holds and what earlier attempts of this run have already met. */
async function loadMemory(
  engine: Engine,
  open: OpenRun,
): Promise<{ memory: ScanMemory; empty: boolean; pages: number }> {
  const { run, lease, entities } = open;
  return transact(
    engine,
    async (tx) => {
      const { live } = await liveState(tx, lease.stream, run.id, entities);
      await markRunning(tx, run.id, live);
      run.liveBefore ??= live;
      const raws = lease.nextN === 0 ? new RawSet() : await loadRawSet(tx, lease.stream, entities, live);
      const seen = new Bitmap();
      const { rows } = await tx.query<{ seen: Buffer }>(`SELECT seen FROM control.run_page WHERE run = $1`, [run.id]);
      for (const row of rows) for (const n of decodeNumbers(row.seen)) seen.add(n);
      const missed = lease.nextN === 0 ? new Map<number, string>() : await missedRows(tx, lease.stream, entities);
      const trustRaws = lease.mappingHash === null || lease.mappingHash === run.adapterHash;
      return {
        memory: { raws, trustRaws, seen, missed, rewritten: new Bitmap(), nextN: lease.nextN, read: run.counts.read },
        empty: lease.nextN === 0,
        pages: rows.length,
      };
    },
    { transactionTimeoutMs: 600_000 },
  );
}

/**
 * Reads a stream from its cursor to its end, page by page: while one page is on its way into the database, the next
 * is read and mapped.
 *
 * @throws FatalError SYNC_SCAN_INCOMPLETE when the source ended without saying that it had delivered everything.
 */
export async function scanStream(engine: Engine, open: OpenRun): Promise<ScanResult> {
  const { memory, empty, pages } = await loadMemory(engine, open);
  if (open.run.scanComplete) return { memory };
  const scan = new Scan(engine, open, memory, empty, pages);
  const request = {
    stream: open.run.streamName,
    checkpoint: open.lease.cursor,
    pageSize: engine.pageSize,
    signal: open.signal,
  };
  try {
    const waiting = (): void => engine.onWaiting?.();
    for await (const page of tellWhenSlow(open.connection.read(request), WAITING_MS, waiting)) {
      open.signal.throwIfAborted();
      await scan.take(page);
      if (page.last) break;
    }
    await scan.settle();
  } finally {
    await scan.abandon();
  }
  if (!open.run.scanComplete)
    throw new FatalError('SYNC_SCAN_INCOMPLETE', {
      origin: 'source',
      where: { source: open.run.source, stream: open.run.streamName },
    });
  return { memory };
}

/** A source that takes longer over one page is waited for without keeping others from work. */
const WAITING_MS = 2_000;

/** Pages whose keys or commit are still under way while the next one is mapped. */
const PAGES_IN_FLIGHT = 2;

class Scan {
  #inFlight: Promise<void>[] = [];
  #firstLoad: boolean;
  #number: number;
  readonly #subjectKeys: SubjectKeys;

  constructor(
    private readonly engine: Engine,
    private readonly open: OpenRun,
    private readonly memory: ScanMemory,
    firstLoad: boolean,
    pages: number,
  ) {
    this.#firstLoad = firstLoad;
    this.#number = pages;
    this.#subjectKeys = new SubjectKeys(engine.keyring, open.run.source, (work) => transact(engine, work));
  }

  /** Maps a page while the ones before are sealed and committed, then starts its own commit. */
  async take(page: Page): Promise<void> {
    const { open, engine, memory } = this;
    if (open.layout === null) await this.#mayGoOn(checkLayout(engine, open, memory));
    if (open.layout !== null) open.presence = null;
    const classified = await classifyPage(page.records, memory, {
      connection: open.connection,
      mapping: open.mapping,
      keyring: engine.keyring,
      streamName: open.run.streamName,
      stream: open.lease.stream,
      lastWins: open.run.mode === 'incremental',
      onParsed: open.presence ? (row) => open.presence?.see(row) : undefined,
    });
    await this.#mayGoOn(lostFields(open));
    await this.#mayGoOn(await judgeChange(engine, open, classified));
    const prepared: PreparedPage = {
      number: ++this.#number,
      page,
      classified,
      plan: this.#plan(classified),
      nextN: memory.nextN,
    };
    const before = this.#inFlight.at(-1);
    const commit = this.#sealAndCommit(prepared, before);
    commit.catch(() => undefined);
    this.#inFlight.push(commit);
    if (this.#inFlight.length > PAGES_IN_FLIGHT) await this.#inFlight.shift();
  }

  /** Nothing of a doubtful page is written, unless somebody has approved what was shown. */
  async #mayGoOn(hold: Hold | null): Promise<void> {
    const { engine, open } = this;
    if (hold === null) return;
    if (!(await transact(engine, (tx) => isApproved(tx, open.lease.stream, open.run.adapterHash, hold))))
      throw new HoldError(hold);
  }

  /** Subject keys are made while the page before is being committed; the commits themselves stay in order. */
  async #sealAndCommit(prepared: PreparedPage, before: Promise<void> | undefined): Promise<void> {
    await sealPage(this.open, prepared.classified, this.#subjectKeys, this.engine);
    await before;
    await this.#commit(prepared);
  }

  async settle(): Promise<void> {
    for (const commit of this.#inFlight.splice(0)) await commit;
  }

  /** Waits for commits under way without judging them, so that nothing is left running behind an error. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.#inFlight.splice(0));
  }

  #plan(classified: ClassifiedPage): PagePlan {
    const { open, memory } = this;
    const own = new Set(classified.candidates.map((candidate) => candidate.n));
    return {
      stream: open.lease.stream,
      run: open.run.id,
      entities: open.entities,
      versioned: open.mapping.versioned,
      firstLoad: this.#firstLoad,
      candidates: classified.candidates,
      deletes: classified.deletes,
      quarantined: classified.quarantined,
      returned: classified.returned,
      isSeen: (n) => open.run.mode !== 'incremental' && memory.seen.has(n) && !own.has(n),
    };
  }

  async #commit(prepared: PreparedPage): Promise<void> {
    const { engine, open, memory } = this;
    prepared.plan.firstLoad = this.#firstLoad;
    const from = performance.now();
    const effect = await commitPage(engine, open, prepared).catch(async (error: unknown) => {
      if (this.#firstLoad && isRepeatedKey(error)) {
        this.#firstLoad = prepared.plan.firstLoad = false;
        return commitPage(engine, open, prepared);
      }
      if (!isDataError(error) || prepared.plan.candidates.length === 0) throw error;
      await this.#setPoisonAside(prepared);
      return commitPage(engine, open, prepared);
    });
    const pageSeconds = (performance.now() - from) / 1000;
    remember(memory, effect);
    if (prepared.page.last) open.run.scanComplete = true;
    open.run.unreadableKeys += prepared.classified.unreadableKeys;
    open.run.completedPeriods.push(...(prepared.page.completedPeriods ?? []));
    open.run.expectedTotal = prepared.page.expectedTotal ?? open.run.expectedTotal;
    engine.onProgress?.({
      run: open.run.id,
      source: open.run.source,
      stream: open.run.streamName,
      counts: open.run.counts,
      expectedTotal: open.run.expectedTotal,
      pageSeconds,
    });
    await wakeLink(engine);
  }

  /** Records that the database refuses go to quarantine; the rest of the page goes on. */
  async #setPoisonAside(prepared: PreparedPage): Promise<void> {
    const { engine, open } = this;
    const bad = await findPoison(engine, open, prepared.plan);
    const { candidates } = prepared.classified;
    for (const [index, sqlstate] of bad) {
      const { raw, key, source } = candidates[index]!;
      const rejection = { code: 'SYNC_ROW_REFUSED', pointer: '', shape: `SQLSTATE ${sqlstate}` };
      prepared.classified.quarantined.push(
        quarantine(
          { ...open, keyring: engine.keyring, stream: open.lease.stream, streamName: open.run.streamName },
          raw,
          key,
          rejection,
          source,
        ),
      );
    }
    prepared.plan.candidates = candidates.filter((_, index) => !bad.has(index));
  }
}
