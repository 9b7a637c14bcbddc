import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { syncBench, type SyncBench } from '../kit/sync-bench.js';
import { deliver, runInWorker } from './people-stream.js';
import type { Result } from './report.js';

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
      await deliver(bench, { source: 'bench', records: RECORDS, change });
      const { outcome, row } = await runInWorker(bench, 'bench');
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
