import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { UsageError } from '../../platform/kernel/index.js';

/** One person of a truth file: every key under which a source knows him. All but `records` is optional. */
export interface TruthPerson {
  records: { source: string; key: string; idNumber?: string; name?: string }[];
  twin?: boolean;
  sharedPhone?: boolean;
  lendsPhone?: boolean;
  duplicateNumber?: boolean;
}

/**
 * Reads a truth file person by person, in bounded memory: bare lines (NDJSON), or one JSON document that keeps one
 * person a line; what stands around the persons is passed over.
 *
 * @throws UsageError LINK_TRUTH_UNREADABLE: no such file, or a line that is no person.
 */
export async function* readTruth(file: string): AsyncGenerator<TruthPerson> {
  const input = createReadStream(file);
  const failed = new Promise<never>((_, reject) => input.once('error', reject));
  failed.catch(() => undefined);
  let row = 0;
  let persons = 0;
  try {
    await Promise.race([failed, new Promise((open) => input.once('open', open))]);
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      row += 1;
      const text = line.trim().replace(/,$/, '');
      if (!text.startsWith('{') || !text.endsWith('}')) continue;
      const person = JSON.parse(text) as Partial<TruthPerson>;
      if (!Array.isArray(person.records) || person.records.some((r) => !r.source || !r.key))
        throw new SyntaxError('a person has no records');
      persons += 1;
      yield person as TruthPerson;
    }
  } catch (cause) {
    throw new UsageError('LINK_TRUTH_UNREADABLE', { where: { file, row }, params: { file, row }, cause });
  }
  if (persons === 0) throw new UsageError('LINK_TRUTH_UNREADABLE', { where: { file, row }, params: { file, row } });
}
