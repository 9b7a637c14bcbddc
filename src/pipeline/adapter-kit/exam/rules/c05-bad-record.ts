import { SkippableError } from '../../../../platform/kernel/index.js';
import type { SourceConnection } from '../../contract.js';
import type { StreamCase } from '../context.js';
import { fail, PASS, type Rule } from '../rule.js';

/** A record that cannot be read spoils itself only: `parse` says so by SkippableError, its neighbours come through. */
export const c05: Rule = {
  id: 'C05',
  level: 'MUST',
  title: { zh: '坏记录只影响自身', en: 'A bad record is isolated' },
  needs: ['A01', 'C01'],
  run: async (exam) => {
    const upstream = await exam.source();
    for (const stream of exam.streams) {
      const { name, rows } = stream;
      if (await upstream.serveBad(name, rows)) {
        const connection = await exam.open();
        const records = (await exam.pages(connection, name, 3)).flatMap((page) => page.records);
        const outcomes = records.map((record) => outcomeOf(connection, name, record));
        const bad = outcomes.filter((outcome) => outcome === 'skippable').length;
        if (bad !== 1 || outcomes.includes('thrown') || records.length !== rows.length + 1)
          return fail(`${name}: ${bad} / 1, ${records.length} / ${rows.length + 1}`);
      }
      await upstream.serve(name, rows);
      const connection = await exam.open();
      const records = (await exam.pages(connection, name, 100)).flatMap((page) => page.records);
      if (damaged(records[0]!).some((record) => outcomeOf(connection, name, record) === 'thrown'))
        return fail(`${name}: parse`);
      if (!conformsAnything(stream)) return fail(`${name}: conform`);
    }
    return PASS;
  },
};

function outcomeOf(connection: SourceConnection, stream: string, record: Uint8Array): 'row' | 'skippable' | 'thrown' {
  try {
    connection.parse(stream, record);
    return 'row';
  } catch (error) {
    return error instanceof SkippableError ? 'skippable' : 'thrown';
  }
}

/** A record cut short, with a foreign byte, without anything, and something else altogether. */
function damaged(record: Uint8Array): Uint8Array[] {
  const foreign = Uint8Array.from(record);
  foreign[Math.floor(foreign.length / 2)] = 0xff;
  return [
    record.slice(0, Math.floor(record.length / 2)),
    foreign,
    new Uint8Array(0),
    Buffer.from('[1,2'),
    Buffer.from('null'),
  ];
}

/** The mapping is total: whatever a row holds, it yields an outcome. */
function conformsAnything({ mapping, rows }: StreamCase): boolean {
  const odd = [
    {},
    Object.fromEntries(Object.keys(rows[0]!).map((name) => [name, null])),
    Object.fromEntries(Object.keys(rows[0]!).map((name) => [name, [{ a: 1 }]])),
  ];
  try {
    for (const row of odd) mapping.conform(row);
    return true;
  } catch {
    return false;
  }
}
