import type { Metrics } from './metrics.js';
import type { ProgressBoard } from './progress-board.js';

/** Counts the board's records into `isthmus_sync_records_total`. @returns a function that ends it. */
export const countProgress = (board: ProgressBoard, metrics: Metrics): (() => void) =>
  board.follow(({ source }, increase) => {
    for (const [outcome, count] of Object.entries(increase))
      if (count > 0) metrics.syncRecords.add({ source, outcome }, count);
  });
