import type { SourceRow } from '../adapter-kit/index.js';
import type { Hold } from './hold.js';
import type { RunRow } from './sync-run.repository.js';

const ENOUGH = 20;

/**
 * Which of the mapped fields the records of a scan have, where records name their fields themselves. A field that
 * every record had, and that most suddenly lack, was renamed or dropped: written as it is, it would wipe what is stored.
 */
export class FieldPresence {
  #parsed = 0;
  readonly #absent = new Map<string, number>();

  /** @param watched top-level names that the mapping reads. @param always those that every record had so far; null = not known. */
  constructor(
    private readonly watched: readonly string[],
    private readonly always: readonly string[] | null,
  ) {}

  see(row: SourceRow): void {
    this.#parsed++;
    for (const name of this.watched)
      if (row[name] === undefined) this.#absent.set(name, (this.#absent.get(name) ?? 0) + 1);
  }

  /** Fields that were always there and are not any more, judged as soon as enough records were read. */
  lost(liveBefore: number): string[] {
    const parsed = this.#parsed;
    const isLost = (absent: number): boolean =>
      parsed >= ENOUGH ? absent * 2 > parsed : parsed > 2 && absent === parsed && parsed * 2 >= liveBefore;
    return (this.always ?? []).filter((name) => isLost(this.#absent.get(name) ?? 0));
  }

  /** What may be expected of the next scan: the fields that none of the records lacked; null when nothing is known. */
  expected(): string[] | null {
    if (this.#parsed === 0) return this.always === null ? null : [...this.always];
    const candidates = this.always ?? this.watched;
    return candidates.filter((name) => !this.#absent.has(name));
  }
}

/** @returns SYNC_FIELDS_LOST, or null when every expected field is there. */
export function lostFields({ presence, run }: { presence: FieldPresence | null; run: RunRow }): Hold | null {
  const lost = presence?.lost(run.liveBefore ?? 0) ?? [];
  if (lost.length === 0) return null;
  const params = { source: run.source, stream: run.streamName, fields: lost.join(', ') };
  return { code: 'SYNC_FIELDS_LOST', origin: 'source', params, lost };
}
