import type { SourceRow } from '../../contract.js';
import { rowsOf } from '../compare.js';
import type { ExamContext, StreamCase } from '../context.js';
import { fail, PASS, type Rule, type Verdict } from '../rule.js';

const NEW = 'exam_new_column';

/**
 * A source that grows a column is noticed, and the known fields keep their meaning. Refusing every record is as good as
 * noticing; shifting values into wrong fields is what must not happen.
 */
export const b02: Rule = {
  id: 'B02',
  level: 'MUST',
  title: { zh: '来源增加字段时能发现且原有字段不变', en: 'A new column is noticed and disturbs no known field' },
  needs: ['A01', 'B01', 'C01'],
  run: async (exam) => {
    for (const stream of exam.streams) {
      const verdict = await examineStream(exam, stream);
      if (verdict.kind !== 'pass') return verdict;
    }
    return PASS;
  },
};

async function examineStream(exam: ExamContext, stream: StreamCase): Promise<Verdict> {
  const upstream = await exam.source();
  const grown = stream.rows.map((row): SourceRow => ({ [NEW]: 'x', ...row }));
  await upstream.serve(stream.name, grown);
  const connection = await exam.open();
  let rows: SourceRow[];
  try {
    rows = rowsOf(connection, stream.name, await exam.pages(connection, stream.name, 100));
  } catch {
    return PASS;
  }
  const discovered = (await connection.discover(exam.signal)).find(({ name }) => name === stream.name);
  if (!discovered?.fields.some(({ name }) => name === NEW)) return fail(`${stream.name}: discover`);
  const known = grown.map((row) => upstream.wire(stream.name, row));
  const outcome = (row: SourceRow): string => JSON.stringify(stream.mapping.conform(row));
  const wanted = known.map(outcome).sort();
  return rows.map(outcome).sort().join() === wanted.join() ? PASS : fail(`${stream.name}: conform`);
}
