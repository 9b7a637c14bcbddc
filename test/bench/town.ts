import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSource, splitSecrets, type AdapterManifest } from '../../src/pipeline/adapter-kit/index.js';
import { loadAdapter } from '../../src/pipeline/conform/index.js';
import { LinkService } from '../../src/pipeline/link/index.js';
import { addSource, runStream, startSync } from '../../src/pipeline/sync/index.js';
import { UnifyService } from '../../src/pipeline/unify/index.js';
import { syncBench, type SyncBench } from '../kit/sync-bench.js';
import type { Result } from './report.js';

const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 20_000);
const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '..', '..', '..');
/** The largest stream of each protocol. */
const STREAMS = { property: 'owners', telecom: 'individuals', police: 'residents', civil: 'assistance' } as const;

type TownSources = Record<keyof typeof STREAMS, { adapter: string; settings: Record<string, unknown> }>;
type Adapter = ReturnType<typeof loadAdapter<AdapterManifest & Record<string, unknown>>>;

/** First sync over each protocol against reading and discarding on the same connector; then link and unify of all of it. */
export async function benchTown(): Promise<Result[]> {
  const bench = await syncBench({ pageSize: 5000, durable: true });
  const directory = join(bench.db.home, 'town');
  const town = spawn(
    process.execPath,
    [join(HERE, '..', '..', 'town', 'main.js'), 'start', '--people', String(PEOPLE), '--dir', directory],
    { stdio: ['pipe', 'ignore', 'ignore'] },
  );
  try {
    const sources = await townSources(directory, town.pid!);
    const results: Result[] = [];
    const empty = await databaseBytes(bench);
    for (const [id, stream] of Object.entries(STREAMS) as [keyof typeof STREAMS, string][]) {
      const { adapter, settings } = sources[id];
      const loaded = loadAdapter<AdapterManifest & Record<string, unknown>>(join(ROOT, 'adapters', adapter));
      const discarded = await readAndDiscard(loaded, settings, stream);
      const synced = await syncAll(bench, id, loaded, settings, stream);
      const against = `reading ${id}/${stream} and discarding it`;
      results.push(
        { name: against, value: discarded, unit: 'records/s' },
        {
          name: `first sync of ${id}/${stream} (${loaded.manifest.connector})`,
          value: synced,
          unit: 'records/s',
          ratio: synced / discarded,
          against,
        },
      );
    }
    return [...results, ...(await linkAndUnify(bench, empty))];
  } finally {
    town.stdin.end();
    town.kill('SIGTERM');
    await new Promise((done) => town.once('exit', done));
    await bench.close();
  }
}

async function townSources(directory: string, supervisor: number): Promise<TownSources> {
  const file = join(directory, 'town.json');
  for (;;) {
    if (existsSync(file)) {
      const read = JSON.parse(readFileSync(file, 'utf8')) as { supervisor: number; sources: TownSources };
      if (read.supervisor === supervisor) return read.sources;
    }
    await new Promise((next) => setTimeout(next, 100));
  }
}

async function readAndDiscard(adapter: Adapter, settings: Record<string, unknown>, stream: string): Promise<number> {
  const connection = await openSource(adapter.manifest, settings);
  try {
    const from = performance.now();
    let records = 0;
    for await (const page of connection.read({
      stream,
      checkpoint: null,
      pageSize: 5000,
      signal: new AbortController().signal,
    })) {
      records += page.records.length;
      if (page.last) break;
    }
    return records / ((performance.now() - from) / 1000);
  } finally {
    await connection.close();
  }
}

async function syncAll(
  bench: SyncBench,
  id: string,
  adapter: Adapter,
  all: Record<string, unknown>,
  measured: string,
): Promise<number> {
  const { settings, secrets } = splitSecrets(adapter.manifest, all);
  const worker = { actor: 'bench' };
  const runs = await bench.db.database.withContext('worker', worker, async (tx) => {
    await addSource(tx, bench.keyring, {
      id,
      adapter,
      settings,
      secrets,
      demo: true,
      scheduleSeconds: null,
      actor: 'bench',
    });
    return startSync(tx, { source: id, actor: 'bench' });
  });
  let rate = 0;
  for (const { run } of runs) {
    const from = performance.now();
    const result = await runStream({ ...bench.engine, leaseSeconds: 30 }, run, new AbortController().signal);
    const seconds = (performance.now() - from) / 1000;
    const [row] = await bench.db.admin<{ name: string; read: string; balanced: boolean }>(
      `SELECT s.name, r.read, r.balanced FROM control.sync_run r JOIN control.stream s ON s.id = r.stream WHERE r.id = $1`,
      [run],
    );
    if (result !== 'SUCCEEDED' || !row!.balanced) throw new Error(`bench: ${id}/${row!.name} ended ${result}`);
    if (row!.name === measured) rate = Number(row!.read) / seconds;
  }
  return rate;
}

const databaseBytes = async (bench: SyncBench): Promise<number> =>
  Number((await bench.db.admin<{ n: string }>(`SELECT pg_database_size(current_database()) AS n`))[0]!.n);

/** @param empty bytes of the database before anything was synced. */
async function linkAndUnify(bench: SyncBench, empty: number): Promise<Result[]> {
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const from = performance.now();
    await work();
    return (performance.now() - from) / 1000;
  };
  const linked = await timed(() => new LinkService(bench.db.database, bench.keyring).drain());
  const unified = await timed(() => new UnifyService(bench.db.database).drain());
  const [count] = await bench.db.admin<{ members: number; residents: number; records: number }>(
    `SELECT (SELECT sum(read)::int FROM control.sync_run) AS records,
       (SELECT count(*)::int FROM data.resident_member) AS members, (SELECT count(*)::int FROM data.resident) AS residents`,
  );
  return [
    { name: 'link', value: count!.members / linked, unit: 'persons/s' },
    { name: 'unify', value: count!.residents / unified, unit: 'residents/s' },
    { name: 'link + unify', value: count!.members / (linked + unified), unit: 'persons/s' },
    { name: 'source records a person', value: count!.records / PEOPLE, unit: 'records' },
    { name: 'person records a person', value: count!.members / PEOPLE, unit: 'records' },
    { name: 'database a person', value: ((await databaseBytes(bench)) - empty) / 1024 / PEOPLE, unit: 'KiB' },
  ];
}
