import { FatalError } from '../../../../platform/kernel/index.js';
import type { Checkpoint } from '../../contract.js';

/** A position in a file stream. */
export interface FilePosition {
  file: string;
  /** Byte offset of the first record not yet delivered. */
  offset: number;
  /** Records delivered from this file so far. */
  rows: number;
  /** Size of the file when it was read: a resumed read refuses another file of the same name. */
  size: number;
}

export const writePosition = (position: FilePosition): Checkpoint =>
  JSON.stringify([position.file, position.offset, position.rows, position.size]);

/** @throws FatalError CONNECTOR_CHECKPOINT for text that this connector did not write. */
export function readPosition(checkpoint: Checkpoint | null, stream: string): FilePosition | null {
  if (checkpoint === null) return null;
  try {
    const [file, offset, rows, size] = JSON.parse(checkpoint) as unknown[];
    if (typeof file === 'string' && [offset, rows, size].every((n) => Number.isSafeInteger(n) && (n as number) >= 0))
      return { file, offset: offset as number, rows: rows as number, size: size as number };
  } catch {
    // one error for every form of nonsense
  }
  throw new FatalError('CONNECTOR_CHECKPOINT', { where: { stream } });
}
