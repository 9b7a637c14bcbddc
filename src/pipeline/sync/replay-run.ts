import { FatalError } from '../../platform/kernel/index.js';
import type { SourceConnection } from '../adapter-kit/index.js';
import { liveState, SubjectKeys, type PagePlan } from '../store/index.js';
import { classifyReplay, type ReplayedPage } from './classify-replay.js';
import { closeRun } from './close-run.js';
import { commitPage, sealPage, type PreparedPage } from './commit-page.js';
import { transact, wakeLink, type Engine, type OpenRun } from './engine.js';
import { findPoison, isDataError } from './isolate-poison.js';
import { lastWords, latestWholeScan, markReplayed, nextWaiting, type WaitingRecord } from './replay.repository.js';
import { markRunning, type RunState } from './sync-run.repository.js';

/** A replay has no source to read. */
export const NO_SOURCE: SourceConnection = {
  check: () => Promise.resolve({ ok: true, latencyMs: 0 }),
  discover: () => Promise.resolve([]),
  read: async function* () {
    throw new FatalError('INTERNAL');
  },
  parse: () => {
    throw new FatalError('INTERNAL');
  },
  close: () => Promise.resolve(),
};

/**
 * Takes quarantined records through the mapping of now, page by page, each page under the stream's fence like any other:
 * its records, what became of them in quarantine, counters, outbox and evidence commit together. The run's statement
 * balances like a scan's: `read` are the records taken up. The stream's cursor, its date and its hold stay as they are,
 * because nothing was read at the source.
 */
export async function replayRun(engine: Engine, open: OpenRun): Promise<RunState> {
  const { run, lease } = open;
  const { wholeScan, pages } = await transact(
    engine,
    async (tx) => {
      const { live } = await liveState(tx, lease.stream, run.id, open.entities);
      await markRunning(tx, run.id, live);
      const { rows } = await tx.query<{ pages: number }>(
        `SELECT count(*)::int AS pages FROM control.run_page WHERE run = $1`,
        [run.id],
      );
      return { wholeScan: await latestWholeScan(tx, lease.stream), pages: rows[0]!.pages };
    },
    { transactionTimeoutMs: 600_000 },
  );
  const subjectKeys = new SubjectKeys(engine.keyring, run.source, (work) => transact(engine, work));
  for (let number = pages + 1; ; number++) {
    open.signal.throwIfAborted();
    const records = await transact(engine, (tx) =>
      nextWaiting(tx, { stream: lease.stream, run: run.id, selection: run.selection ?? {} }, engine.pageSize),
    );
    if (records.length === 0) break;
    const page = await classifyReplay(
      records,
      (keys) => transact(engine, (tx) => lastWords(tx, lease.stream, open.entities, keys)),
      { mapping: open.mapping, keyring: engine.keyring, stream: lease.stream, nextN: lease.nextN, wholeScan },
    );
    await sealPage(open, page, subjectKeys, engine);
    await commitReplayed(engine, open, number, page, records);
    await wakeLink(engine);
  }
  return closeRun(engine, open, { state: 'SUCCEEDED', origin: null, code: null });
}

async function commitReplayed(
  engine: Engine,
  open: OpenRun,
  number: number,
  page: ReplayedPage,
  records: readonly WaitingRecord[],
): Promise<void> {
  const { lease, run } = open;
  const prepared: PreparedPage = {
    number,
    page: { checkpoint: lease.cursor, last: false },
    classified: page,
    plan: planOf(open, page),
    nextN: page.nextN,
    also: (tx) =>
      markReplayed(
        tx,
        { stream: lease.stream, run: run.id },
        { seen: records.map(({ raw }) => raw), accepted: page.accepted, superseded: page.superseded },
      ),
  };
  try {
    await commitPage(engine, open, prepared);
  } catch (error) {
    if (!isDataError(error) || page.candidates.length === 0) throw error;
    await setPoisonAside(engine, open, prepared, page, records);
    await commitPage(engine, open, prepared);
  }
}

/** Records that the database refuses stay in quarantine; the rest of the page goes on. */
async function setPoisonAside(
  engine: Engine,
  open: OpenRun,
  prepared: PreparedPage,
  page: ReplayedPage,
  records: readonly WaitingRecord[],
): Promise<void> {
  const bad = await findPoison(engine, open, prepared.plan);
  for (const [index, sqlstate] of bad) {
    const { raw, key } = page.candidates[index]!;
    const { body } = records.find((one) => one.raw.equals(raw))!;
    const rejection = { code: 'SYNC_ROW_REFUSED', pointer: '', shape: `SQLSTATE ${sqlstate}` };
    page.quarantined.push({ raw, key, rejection, body });
    page.accepted = page.accepted.filter((one) => !one.equals(raw));
  }
  prepared.plan.candidates = page.candidates.filter((_, index) => !bad.has(index));
}

const planOf = (open: OpenRun, page: ReplayedPage): PagePlan => ({
  stream: open.lease.stream,
  run: open.run.id,
  entities: open.entities,
  versioned: open.mapping.versioned,
  firstLoad: false,
  candidates: page.candidates,
  deletes: page.deletes,
  quarantined: page.quarantined,
  returned: [],
  replay: true,
  isSeen: () => false,
});
