import { createWriteStream, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { syncBench, syntheticId, type SyncBench } from '../kit/sync-bench.js';
import type { Result } from './report.js';

const RECORDS = Number(process.env['BENCH_RECORDS'] ?? 200_000);

/** First sync, unchanged re-sync, and 5 % changed + 1 % deleted, of one JSON-lines stream with one sealed identifier a record. */
export async function benchSync(): Promise<Result[]> {
  const bench = await syncBench({ pageSize: 5000, durable: true });
  try {
    await bench.source('bench');
    const results: Result[] = [];
    const bare = await bareCopy(bench);
    results.push({ name: 'bare COPY of the same records', value: bare, unit: 'records/s' });
    for (const [name, change] of [
      ['first sync', (): string => ''],
      ['unchanged re-sync', (): string => ''],
      ['5 % changed + 1 % deleted', (index: number): string | null => (index % 100 === 7 ? null : index % 20 === 3 ? '改' : '')],
    ] as const) {
      await deliver(bench, change);
      const from = performance.now();
      const before = process.cpuUsage();
      const { row } = await bench.sync('bench');
      const seconds = (performance.now() - from) / 1000;
      const cpu = process.cpuUsage(before);
      if (row['state'] !== 'SUCCEEDED' || row['balanced'] !== true) throw new Error(`bench: ${name} ended ${String(row['state'])} ${String(row['error_code'])}`);
      const value = Number(row['read']) / seconds;
      results.push({ name, value, unit: 'records/s', ratio: value / bare, against: 'bare COPY of the same records' });
      results.push({ name: `${name}: Node CPU`, value: (cpu.user + cpu.system) / Number(row['read']), unit: 'µs/record' });
    }
    results.push({ name: `peak RSS after ${RECORDS} records`, value: process.resourceUsage().maxRSS / 1024, unit: 'MiB' });
    return results;
  } finally {
    await bench.close();
  }
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

/** The same content as ready-made COPY text into an indexed, logged table: what PostgreSQL alone can take. */
async function bareCopy(bench: SyncBench): Promise<number> {
  const client = new pg.Client({ connectionString: bench.db.adminUrl });
  await client.connect();
  try {
    await client.query(
      `CREATE TABLE bare (stream int4, key text COLLATE "C", n int4, name text, id text, sex text, birth text, phone text, address text, remark text, PRIMARY KEY (stream, key))`,
    );
    const lines: Buffer[] = [];
    for (let index = 0; index < RECORDS; index++) {
      const one = JSON.parse(record(index, '')) as Record<string, string>;
      lines.push(Buffer.from(`1\t${one['no']}\t${index}\t${one['name']}\t${one['id']}\t${one['sex']}\t${one['birth']}\t${one['phone']}\t${one['address']}\t${one['remark']}\n`));
    }
    const from = performance.now();
    for (let at = 0; at < lines.length; at += 5000) {
      await client.query('BEGIN');
      await pipeline(Readable.from([Buffer.concat(lines.slice(at, at + 5000))]), client.query(copyFrom('COPY bare FROM STDIN')));
      await client.query('COMMIT');
    }
    return RECORDS / ((performance.now() - from) / 1000);
  } finally {
    await client.end();
  }
}
