import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { syncBench, syntheticId, type SyncBench } from '../kit/sync-bench.js';
import type { Result } from './report.js';
import type { Order, Outcome } from './sync-worker.js';

const RECORDS = Number(process.env['BENCH_RECORDS'] ?? 200_000);

/** First sync, unchanged re-sync, and 5 % changed + 1 % deleted, of one JSON-lines stream with one sealed identifier a record. */
export async function benchSync(): Promise<Result[]> {
  const bench = await syncBench({ pageSize: 5000, durable: true });
  try {
    await bench.source('bench');
    const results: Result[] = [];
    const measured: { name: string; rate: number }[] = [];
    let peak = 0;
    for (const [name, change] of CASES) {
      await deliver(bench, change);
      const { outcome, row } = await runInWorker(bench);
      if (row['state'] !== 'SUCCEEDED' || row['balanced'] !== true)
        throw new Error(`bench: ${name} ended ${String(row['state'])} ${String(row['error_code'])}`);
      measured.push({ name, rate: Number(row['read']) / outcome.seconds });
      results.push({ name: `${name}: Node CPU`, value: outcome.cpuMicros / Number(row['read']), unit: 'µs/record' });
      peak = Math.max(peak, outcome.peakMiB);
    }
    const bare = await bareCopy(bench);
    results.unshift(
      { name: BARE, value: bare, unit: 'records/s' },
      ...measured.map(({ name, rate }) => ({
        name,
        value: rate,
        unit: 'records/s',
        ratio: rate / bare,
        against: BARE,
      })),
    );
    results.push({ name: `peak RSS of the worker, ${RECORDS} records`, value: peak, unit: 'MiB' });
    return results;
  } finally {
    await bench.close();
  }
}

/** Enough rows for a rate; the whole would not fit beside everything else. */
const COPIED = 200_000;
const BARE = 'bare COPY of the same rows';
const CASES: readonly (readonly [string, (index: number) => string | null])[] = [
  ['first sync', () => ''],
  ['unchanged re-sync', () => ''],
  ['5 % changed + 1 % deleted', (index) => (index % 100 === 7 ? null : index % 20 === 3 ? '改' : '')],
];

async function runInWorker(bench: SyncBench): Promise<{ outcome: Outcome; row: Record<string, unknown> }> {
  const run = await bench.queueRun('bench');
  const order: Order = {
    adminUrl: bench.db.adminUrl,
    passwords: bench.db.passwords,
    keysDir: join(bench.db.home, 'keys'),
    run,
    pageSize: 5000,
  };
  const child = spawn(process.execPath, [join(dirname(fileURLToPath(import.meta.url)), 'sync-worker.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(`${JSON.stringify(order)}\n`);
  let text = '';
  for await (const piece of child.stdout) text += String(piece);
  const [row] = await bench.db.admin(`SELECT * FROM control.sync_run WHERE id = $1`, [run]);
  return { outcome: JSON.parse(text) as Outcome, row: row! };
}

function record(index: number, suffix: string): string {
  return JSON.stringify({
    no: `P${String(index).padStart(8, '0')}`,
    name: `测试${String.fromCodePoint(0x4e00 + (index % 5000))}${suffix}`,
    id: syntheticId(index),
    sex: String(1 + (index % 2)),
    birth: `19${50 + (index % 50)}-01-01`,
    phone: `139${String(10_000_000 + (index % 89_999_999))}`,
    address: `测试省测试市测试区测试街道一号路${index % 300}号阳光花园${index % 30}幢${index % 4}单元${100 + (index % 900)}室`,
    remark: '户籍在册,长期居住,最近一次走访正常',
  });
}

async function deliver(bench: SyncBench, change: (index: number) => string | null): Promise<void> {
  const directory = join(bench.db.home, 'drop-bench');
  mkdirSync(directory, { recursive: true });
  const next = String(Date.now());
  for (const old of readdirSync(directory)) rmSync(join(directory, old));
  const out = createWriteStream(join(directory, `people_${next}.jsonl`));
  let rows = 0;
  for (let index = 0; index < RECORDS; index++) {
    const suffix = change(index);
    if (suffix === null) continue;
    rows++;
    if (!out.write(`${record(index, suffix)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  writeFileSync(join(directory, `people_${next}.jsonl.ok`), `rows=${rows}`);
}

/**
 * The very rows that the sync wrote, sealed values included, as ready-made COPY text in pages of 5 000 into a logged
 * table with the same columns and primary key: what PostgreSQL alone can take.
 */
async function bareCopy(bench: SyncBench): Promise<number> {
  const client = new pg.Client({ connectionString: bench.db.adminUrl });
  await client.connect();
  try {
    await client.query(`CREATE TABLE bare (LIKE data.person INCLUDING DEFAULTS, PRIMARY KEY (stream, key, part))`);
    const pieces: Buffer[] = [];
    const sample = `COPY (SELECT * FROM data.person LIMIT ${COPIED}) TO STDOUT`;
    for await (const piece of client.query(copyTo(sample)) as AsyncIterable<Buffer>) pieces.push(piece);
    const pages = pagesOf(Buffer.concat(pieces));
    const from = performance.now();
    for (const page of pages) {
      await client.query('BEGIN');
      await pipeline(Readable.from([page]), client.query(copyFrom('COPY bare FROM STDIN')));
      await client.query('COMMIT');
    }
    return (
      Number((await client.query<{ n: string }>('SELECT count(*) AS n FROM bare')).rows[0]!.n) /
      ((performance.now() - from) / 1000)
    );
  } finally {
    await client.end();
  }
}

/** Cuts COPY text after every 5 000 rows. */
function pagesOf(text: Buffer): Buffer[] {
  const pages: Buffer[] = [];
  let [from, rows] = [0, 0];
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) {
    if (++rows % 5000 && at + 1 < text.length) continue;
    pages.push(text.subarray(from, at + 1));
    from = at + 1;
  }
  return pages;
}
