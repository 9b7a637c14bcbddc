import { syncBench } from '../kit/sync-bench.js';
import { deliver, runInWorker } from './people-stream.js';
import type { Result } from './report.js';

const STREAMS = ['one', 'two', 'three', 'four'];
const RECORDS = Number(process.env['BENCH_RECORDS'] ?? 200_000) / STREAMS.length;

/** First syncs of four streams: by one worker, one after the other, and by four workers at once. */
export async function benchWorkers(): Promise<Result[]> {
  const alone = await rate(async (sync) => {
    let seconds = 0;
    for (const source of STREAMS) seconds += await sync(source);
    return seconds;
  });
  const together = await rate(async (sync) => Math.max(...(await Promise.all(STREAMS.map(sync)))));
  const one = 'one worker';
  return [
    { name: 'four streams, one worker', value: alone, unit: 'records/s' },
    { name: 'four streams, four workers', value: together, unit: 'records/s', ratio: together / alone, against: one },
  ];
}

async function rate(run: (sync: (source: string) => Promise<number>) => Promise<number>): Promise<number> {
  const bench = await syncBench({ pageSize: 5000, durable: true });
  try {
    for (const source of STREAMS) {
      await bench.source(source);
      await deliver(bench, { source, records: RECORDS, change: () => '' });
    }
    const seconds = await run(async (source) => {
      const { outcome, row } = await runInWorker(bench, source);
      if (row['state'] !== 'SUCCEEDED') throw new Error(`bench: ${source} ended ${String(row['state'])}`);
      return outcome.seconds;
    });
    return (RECORDS * STREAMS.length) / seconds;
  } finally {
    await bench.close();
  }
}
