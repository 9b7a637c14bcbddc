import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { syntheticId, type SyncBench } from '../kit/sync-bench.js';
import type { Order, Outcome } from './sync-worker.js';

/** Syncs a source once in a worker process of its own. */
export async function runInWorker(
  bench: SyncBench,
  source: string,
): Promise<{ outcome: Outcome; row: Record<string, unknown> }> {
  const run = await bench.queueRun(source);
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

/** Delivers a complete JSON-lines file; `change` gives what is appended to a name, null leaves the record out. */
export async function deliver(
  bench: SyncBench,
  { source, records, change }: { source: string; records: number; change: (index: number) => string | null },
): Promise<void> {
  const directory = join(bench.db.home, `drop-${source}`);
  mkdirSync(directory, { recursive: true });
  const next = String(Date.now());
  for (const old of readdirSync(directory)) rmSync(join(directory, old));
  const out = createWriteStream(join(directory, `people_${next}.jsonl`));
  let rows = 0;
  for (let index = 0; index < records; index++) {
    const suffix = change(index);
    if (suffix === null) continue;
    rows++;
    if (!out.write(`${record(index, suffix)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  writeFileSync(join(directory, `people_${next}.jsonl.ok`), `rows=${rows}`);
}
