import { describe, expect, it, jest } from '@jest/globals';
import { Metrics } from './metrics.js';
import { countProgress } from './follow-progress.js';
import { ProgressBoard, type ProgressReading } from './progress-board.js';
import { duration, grouped, progressLine } from './progress-line.js';
import { showProgress } from './show-progress.js';

const reading = (run: number, read: number, quarantined = 0, expectedTotal: number | null = 1500): ProgressReading => ({
  run,
  source: run === 1 ? 'police' : 'civil',
  stream: 's',
  counts: { read, created: read - quarantined, updated: 0, unchanged: 0, revived: 0, quarantined, skipped: 0 },
  expectedTotal,
});

describe('progress', () => {
  it('adds the runs up, with rate and remaining time', () => {
    let now = 0;
    const board = new ProgressBoard(() => now);
    now = 10_000;
    board.update(reading(1, 600, 4));
    now = 20_000;
    board.update(reading(2, 640));
    expect(progressLine(board.totals(), 'zh')).toBe('读取 1 240/3 000 · 入库 1 236 · 隔离 4 · 64/s · 剩余 28 s');
    expect(progressLine(board.totals(), 'en')).toBe(
      'read 1 240/3 000 · stored 1 236 · quarantined 4 · 64/s · left 28 s',
    );
  });

  it('promises no end where all that began is read and other streams may follow', () => {
    let now = 0;
    const board = new ProgressBoard(() => now);
    now = 10_000;
    board.update({ ...reading(1, 600, 4), expectedTotal: 600 });
    expect(progressLine(board.totals(), 'en')).not.toContain('left');
  });

  it('tells what was there already from what was stored', () => {
    const board = new ProgressBoard(() => 0);
    const known = reading(1, 500);
    board.update({ ...known, counts: { ...known.counts, created: 10, unchanged: 490 } });
    expect(progressLine(board.totals(), 'en')).toContain('read 500/1 500 · stored 10 · unchanged 490 · quarantined 0');
  });

  it('leaves out what is not known, and follows a stall', () => {
    let now = 0;
    const board = new ProgressBoard(() => now);
    expect(progressLine(board.totals(), 'zh')).toBe('读取 0/0 · 入库 0 · 隔离 0 · 0/s');
    now = 1_000;
    board.update(reading(1, 1000, 0, null));
    expect(progressLine(board.totals(), 'zh')).toBe('读取 1 000 · 入库 1 000 · 隔离 0 · 1 000/s');
    for (now = 2_000; now <= 30_000; now += 1_000) board.update(reading(1, 1000, 0, null));
    expect(board.totals().rate).toBe(0);
  });

  it('writes numbers and times as people read them', () => {
    expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1 000', '1 234 567']);
    expect([0.2, 59.1, 150].map(duration)).toEqual(['1 s', '1 min 0 s', '2 min 30 s']);
  });

  it('is a line at intervals where there is no terminal, and a bar where there is one', () => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    try {
      const board = new ProgressBoard();
      const text: string[] = [];
      const end = showProgress(board, { output: { write: (part) => text.push(part) }, language: 'zh' });
      board.update(reading(1, 10));
      jest.advanceTimersByTime(25_000);
      expect(text).toHaveLength(2);
      end();
      end();
      expect(text).toHaveLength(3);
      expect(text.every((line) => line.startsWith('读取 10/1 500') && line.endsWith('\n'))).toBe(true);

      const drawn: string[] = [];
      const output = {
        isTTY: true,
        columns: 200,
        write: (part: string) => drawn.push(part),
        on: () => output,
        removeListener: () => output,
      };
      const stop = showProgress(board, { output, language: 'zh' });
      jest.advanceTimersByTime(1_000);
      stop();
      expect(drawn.join('')).toContain('░');
      expect(drawn.at(-1)).toMatch(/^读取 10.*\n$/);
      const before = drawn.length;
      jest.advanceTimersByTime(5_000);
      expect(drawn).toHaveLength(before);
    } finally {
      jest.useRealTimers();
    }
  });

  it('feeds the metrics with what each report adds', async () => {
    const board = new ProgressBoard();
    const metrics = new Metrics({ processMetrics: false });
    const end = countProgress(board, metrics);
    board.update(reading(1, 100, 1));
    board.update(reading(1, 250, 1));
    end();
    board.update(reading(1, 900, 1));
    const { text } = await metrics.render();
    expect(text).toContain('isthmus_sync_records_total{source="police",outcome="read"} 250');
    expect(text).toContain('isthmus_sync_records_total{source="police",outcome="quarantined"} 1');
  });
});
