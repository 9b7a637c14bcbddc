import { retiredVersionError, type Keyring } from '../../platform/keys/index.js';
import type { Tx } from '../../platform/database/index.js';

/** The unit whose key seals an identifier: the person as the source knows him, else the record itself. */
export const subjectOf = (personKey: string | null, stream: number, key: string, part: string): string =>
  personKey ?? `record/${stream}/${key}/${part}`;

/** What a wrapped subject key is bound to. */
export const subjectKeyId = (source: string, subject: string): string => `${source}/${subject}`;

/** Additional authenticated data: a ciphertext moved to another row or column does not open. */
export const identifierAad = (table: string, column: string, stream: number, key: string, part: string): string =>
  `${table}‖${column}‖${stream}‖${key}‖${part}`;

/** Opens one sealed identifier cell with its row's wrapped subject key. */
export function openIdentifierCell(
  keyring: Keyring,
  cell: { sealed: Uint8Array; wrapped: Uint8Array; source: string; subject: string; aad: string },
): string {
  const subjectKey = keyring.unwrapSubjectKey(cell.wrapped, subjectKeyId(cell.source, cell.subject));
  return keyring.openIdentifier(subjectKey, cell.aad, cell.sealed);
}

/**
 * The subject keys of one source's persons, made where they do not exist yet. New ones are committed before the
 * page that uses them, so no page can hold a ciphertext whose key was rolled back.
 */
export class SubjectKeys {
  readonly #known = new Map<string, Buffer>();

  constructor(
    private readonly keyring: Keyring,
    private readonly source: string,
    private readonly transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
    private readonly remembered = 20_000,
  ) {}

  /** Keys of the given subjects; creates and commits the missing ones in one short transaction. */
  async ensure(subjects: readonly string[]): Promise<Map<string, Buffer>> {
    const keys = new Map<string, Buffer>();
    const missing: string[] = [];
    for (const subject of subjects) {
      const known = this.#known.get(subject);
      if (known) keys.set(subject, known);
      else if (!keys.has(subject)) missing.push(subject);
    }
    // Sorted: two streams of one source meet the same persons in any order, and must not wait for each other in a circle.
    if (missing.length) await this.#make([...new Set(missing)].sort(), keys);
    return keys;
  }

  async #make(subjects: string[], keys: Map<string, Buffer>): Promise<void> {
    const fresh = this.keyring.newSubjectKeys(subjects.length);
    const wrapped = this.keyring.wrapSubjectKeys(
      fresh,
      subjects.map((subject) => subjectKeyId(this.source, subject)),
    );
    const version = wrapped[0]![1]!;
    const mine = await this.transact(async (tx) => {
      // Held until the commit: a rotation that retires this version waits for it, or has done so already.
      const floor = await tx.query(`SELECT FROM control.key_floor WHERE oldest <= $1 FOR SHARE`, [version]);
      if (floor.rowCount === 0) throw retiredVersionError(version);
      // All wrapped keys are as long as one another: one binary parameter costs a tenth of an array of them.
      const made = await tx.query(
        `INSERT INTO data.subject_key (source, person_key, wrapped)
         SELECT $1, u.person_key, substring($3::bytea FROM ((u.at - 1) * $4::int4 + 1)::int4 FOR $4::int4)
         FROM unnest($2::text[]) WITH ORDINALITY u(person_key, at) ON CONFLICT DO NOTHING`,
        [this.source, subjects, Buffer.concat(wrapped), wrapped[0]!.length],
      );
      if (made.rowCount === subjects.length) return null;
      const { rows } = await tx.query<{ person_key: string; wrapped: Buffer }>(
        `SELECT person_key, wrapped FROM data.subject_key WHERE source = $1 AND person_key = ANY($2)`,
        [this.source, subjects],
      );
      return new Map(rows.map((row) => [row.person_key, row.wrapped]));
    });
    subjects.forEach((subject, index) => {
      const stored = mine?.get(subject);
      const key = stored ? this.keyring.unwrapSubjectKey(stored, subjectKeyId(this.source, subject)) : fresh[index]!;
      keys.set(subject, key);
      this.#remember(subject, key);
    });
  }

  /** Bounded memory: records of one person lie near each other, so the oldest half is let go. */
  #remember(subject: string, key: Buffer): void {
    if (this.#known.size >= this.remembered) {
      let drop = this.remembered >> 1;
      for (const old of this.#known.keys()) {
        if (drop-- === 0) break;
        this.#known.delete(old);
      }
    }
    this.#known.set(subject, key);
  }
}
