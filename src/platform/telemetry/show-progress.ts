import cliProgress from 'cli-progress';
import type { ProgressBoard } from './progress-board.js';
import { progressLine } from './progress-line.js';

export interface ProgressOutput {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
}

const LINE_EVERY_MS = 10_000;
const BAR_EVERY_MS = 200;

/**
 * Shows the board until it is stopped: a bar on a terminal, one line every 10 s elsewhere (a log, a pipe), and a last
 * line with the final figures in both.
 *
 * @returns a function that ends it; safe to call twice.
 */
export function showProgress(
  board: ProgressBoard,
  { output, language, everyMs = LINE_EVERY_MS }: { output: ProgressOutput; language: 'zh' | 'en'; everyMs?: number },
): () => void {
  const line = (): string => progressLine(board.totals(), language);
  const end = output.isTTY ? bar(board, output, line) : lines(output, line, everyMs);
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    end();
    if (board.readings().length > 0) output.write(`${line()}\n`);
  };
}

function lines(output: ProgressOutput, line: () => string, everyMs: number): () => void {
  const timer = setInterval(() => output.write(`${line()}\n`), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function bar(board: ProgressBoard, output: ProgressOutput, line: () => string): () => void {
  const drawn = new cliProgress.SingleBar({
    stream: output as NodeJS.WritableStream,
    format: '{bar} {line}',
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    // The bar must neither hold the process nor draw by itself.
    gracefulExit: false,
    fps: 1000 / BAR_EVERY_MS,
  });
  const draw = (): void => {
    const { read, expected } = board.totals();
    drawn.setTotal(Math.max(expected ?? 0, read, 1));
    drawn.update(read, { line: line() });
  };
  drawn.start(1, 0, { line: line() });
  const timer = setInterval(draw, BAR_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    draw();
    drawn.stop();
  };
}
