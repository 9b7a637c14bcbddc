import { FatalError } from '../../platform/kernel/index.js';
import { forgetOldEvents, marksOf, setMarks, takeEvents, waitingEvents, type WaitingEvent } from '../push/index.js';
import type { SourceConnection, SourceRow } from '../adapter-kit/index.js';
import { Bitmap, liveState, RawSet, SubjectKeys } from '../store/index.js';
import { choosePushed, type ChosenEvents } from './choose-pushed.js';
import { classifyPage, quarantine, type ScanMemory } from './classify-page.js';
import { closeRun, type Outcome } from './close-run.js';
import { commitPage, sealPage, type PreparedPage } from './commit-page.js';
import { transact, wakeLink, type Engine, type OpenRun } from './engine.js';
import { findPoison, isDataError } from './isolate-poison.js';
import { tooManyBad } from './statement.js';
import { markRunning, type RunRow, type RunState } from './sync-run.repository.js';

/** A run that finds more and more is closed after this; the next one goes on. */
const RUN_MS = 60_000;

/** Events are told apart by their ids, not by their bytes: A, B, A is a change and a change back. */
class Forgetful extends RawSet {
  override find(): number {
    return -1;
  }
  override add(): void {}
}

/** Where pushed events are read from; the source itself is not asked. */
export const INBOX: SourceConnection = {
  check: () => Promise.resolve({ ok: true, latencyMs: 0 }),
  discover: () => Promise.resolve([]),
  // What waits is taken with its page, not read.
  read: async function* () {
    throw new FatalError('INTERNAL');
  },
  parse: (_stream, record) => JSON.parse(Buffer.from(record).toString('utf8')) as SourceRow,
  close: () => Promise.resolve(),
};

/**
 * A run of mode `push`: takes what waits in the stream's inbox, page by page, each page in the transaction that writes
 * it. It reads nothing at the source, deletes only what an event says is gone, and proves nothing of what no event
 * told: that is the snapshot's part.
 */
export async function takePushed(engine: Engine, open: OpenRun): Promise<RunState> {
  const { run, lease } = open;
  let number = await begin(engine, open);
  const subjectKeys = new SubjectKeys(engine.keyring, run.source, (work) => transact(engine, work));
  const until = performance.now() + RUN_MS;
  do {
    open.signal.throwIfAborted();
    const chosen = await nextEvents(engine, open);
    if (chosen === null) break;
    await takePage(engine, open, ++number, subjectKeys, chosen);
    await wakeLink(engine);
  } while (performance.now() < until);
  const state = await closeRun(engine, open, judge(run));
  await transact(engine, (tx) => forgetOldEvents(tx, lease.stream));
  return state;
}

/** @returns the pages that earlier attempts have committed. */
async function begin(engine: Engine, { run, lease, entities }: OpenRun): Promise<number> {
  return transact(
    engine,
    async (tx) => {
      const { live } = await liveState(tx, lease.stream, run.id, entities);
      await markRunning(tx, run.id, live);
      run.liveBefore ??= live;
      const { rows } = await tx.query<{ pages: number }>(
        `SELECT count(*)::int AS pages FROM control.run_page WHERE run = $1`,
        [run.id],
      );
      return rows[0]!.pages;
    },
    { transactionTimeoutMs: 600_000 },
  );
}

async function nextEvents(engine: Engine, open: OpenRun): Promise<ChosenEvents<WaitingEvent> | null> {
  const { stream } = open.lease;
  return transact(engine, async (tx) => {
    const waiting = await waitingEvents(tx, engine.keyring, stream, engine.pageSize);
    if (waiting.length === 0) return null;
    return choosePushed(
      waiting,
      (record) => {
        const { kind, key } = open.mapping.conform(INBOX.parse('', record));
        return { kind, key: key !== null && open.mapping.keyIsIdentifier ? engine.keyring.blindKey(key) : key };
      },
      (keys) => marksOf(tx, stream, keys),
    );
  });
}

async function takePage(
  engine: Engine,
  open: OpenRun,
  number: number,
  subjectKeys: SubjectKeys,
  { taken, records, outdated, marks }: ChosenEvents<WaitingEvent>,
): Promise<void> {
  const { run, lease } = open;
  const memory: ScanMemory = {
    raws: new Forgetful(),
    trustRaws: false,
    seen: new Bitmap(),
    missed: new Map(),
    rewritten: new Bitmap(),
    nextN: lease.nextN,
    read: run.counts.read,
  };
  const classified = await classifyPage(records, memory, {
    connection: INBOX,
    mapping: open.mapping,
    keyring: engine.keyring,
    streamName: run.streamName,
    stream: lease.stream,
    lastWins: true,
  });
  classified.read += outdated;
  if (outdated) classified.skipped['outdated-event'] = outdated;
  await sealPage(open, classified, subjectKeys, engine);
  const prepared: PreparedPage = {
    number,
    page: { checkpoint: lease.cursor, last: false },
    classified,
    plan: {
      stream: lease.stream,
      run: run.id,
      entities: open.entities,
      versioned: open.mapping.versioned,
      firstLoad: false,
      candidates: classified.candidates,
      deletes: classified.deletes,
      quarantined: classified.quarantined,
      returned: [],
      isSeen: () => false,
    },
    nextN: memory.nextN,
    also: async (tx) => {
      await takeEvents(tx, lease.stream, taken);
      await setMarks(tx, lease.stream, marks);
      // Until the first snapshot nobody can say as of when the stream is whole.
      await tx.query(
        `UPDATE control.stream SET as_of = greatest(as_of, (SELECT started_at FROM control.sync_run WHERE id = $2))
         WHERE id = $1 AND as_of IS NOT NULL`,
        [lease.stream, run.id],
      );
    },
  };
  await commitPage(engine, open, prepared).catch(async (error: unknown) => {
    if (!isDataError(error) || prepared.plan.candidates.length === 0) throw error;
    await setPoisonAside(engine, open, prepared);
    return commitPage(engine, open, prepared);
  });
  run.unreadableKeys += classified.unreadableKeys;
  const { id, source, streamName: stream, counts } = run;
  engine.onProgress?.({ run: id, source, stream, counts, expectedTotal: null });
}

/** Records that the database refuses go to quarantine; the rest of the page goes on. */
async function setPoisonAside(engine: Engine, open: OpenRun, { plan, classified }: PreparedPage): Promise<void> {
  const tools = {
    keyring: engine.keyring,
    connection: INBOX,
    stream: open.lease.stream,
    streamName: open.run.streamName,
  };
  const bad = await findPoison(engine, open, plan);
  for (const [index, sqlstate] of bad) {
    const { raw, key, source } = classified.candidates[index]!;
    const rejection = { code: 'SYNC_ROW_REFUSED', pointer: '', shape: `SQLSTATE ${sqlstate}` };
    classified.quarantined.push(quarantine(tools, raw, key, rejection, source));
  }
  plan.candidates = classified.candidates.filter((_, index) => !bad.has(index));
}

/** Bad events are set aside and seen; there is no sweep that they could endanger, so nothing has to wait for a person. */
function judge(run: RunRow): Outcome {
  const { read, quarantined } = run.counts;
  const params = { source: run.source, stream: run.streamName, read, quarantined, count: run.unreadableKeys };
  const partial = (code: string): Outcome => ({ state: 'PARTIAL', origin: 'source', code, params });
  if (run.unreadableKeys > 0) return partial('SYNC_KEYS_UNREADABLE');
  if (tooManyBad(read, quarantined)) return partial('SYNC_TOO_MANY_BAD');
  return { state: 'SUCCEEDED', origin: null, code: null };
}
