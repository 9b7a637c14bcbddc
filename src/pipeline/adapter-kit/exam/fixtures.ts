import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompiledMapping, Conformed } from '../../conform/index.js';
import type { SourceRow, StreamManifest } from '../contract.js';
import { cursorField } from './upstream/index.js';

export interface Fixtures {
  input: SourceRow[];
  /** Outcomes that are not rejections, with their row number; null when the file is missing. */
  expected: unknown[] | null;
  /** Rejections: row number, code, pointer; null when the file is missing. */
  rejected: unknown[] | null;
}

/** A stream's fixture triple: `fixtures/<stream>.input|expected|rejected.json`. A missing or broken input = no rows. */
export function readFixtures(directory: string, stream: string): Fixtures {
  const read = (kind: string): unknown[] | null => {
    const file = join(directory, 'fixtures', `${stream}.${kind}.json`);
    if (!existsSync(file)) return null;
    try {
      const value = JSON.parse(readFileSync(file, 'utf8')) as unknown;
      return Array.isArray(value) ? value : null;
    } catch {
      return null;
    }
  };
  return { input: (read('input') ?? []) as SourceRow[], expected: read('expected'), rejected: read('rejected') };
}

/**
 * The input rows a healthy source could hold at once: the key can be read and is theirs alone, and what pages are
 * ordered or selected by is there. Rejected rows are among them.
 */
export function servable(stream: StreamManifest, mapping: CompiledMapping, rows: readonly SourceRow[]): SourceRow[] {
  const seen = new Set<string>();
  const needed = orderFields(stream, rows);
  return rows.filter((row) => {
    const outcome = mapping.conform(row);
    const key = outcome.key ?? '';
    const whole = needed.every((name) => typeof row[name] === 'string' && row[name] !== '');
    if (key === '' || seen.has(key) || !whole) return false;
    seen.add(key);
    return true;
  });
}

function orderFields(stream: StreamManifest, rows: readonly SourceRow[]): string[] {
  const sql = stream['sql'] as { orderBy?: string | string[] } | undefined;
  if (sql?.orderBy !== undefined) return [sql.orderBy].flat();
  const soap = stream['soap'] as { periods?: object; window?: { from: string; cursorField?: string } } | undefined;
  if (soap?.periods) return [stream.key[0]!];
  return soap?.window ? [cursorField(soap as { window: { from: string } }, rows)].filter((name) => name !== '') : [];
}

/** A mapping's outcome in the form of the expected and rejected files. */
export function outcomeLine(outcome: Conformed, row: number): { row: number } {
  if (outcome.kind !== 'rejected') return { row, ...outcome };
  return { row, code: outcome.rejection.code, pointer: outcome.rejection.pointer } as { row: number };
}
