import { FatalError } from '../../../../platform/kernel/index.js';
import type { SourceRow } from '../../contract.js';
import { difference, rowsOf, same, tell } from '../compare.js';
import type { ExamContext, StreamCase } from '../context.js';
import { fail, PASS, type Rule, type Verdict } from '../rule.js';

/** Beyond GBK, beyond the basic plane, full-width, and what CSV and XML have to escape. */
const RARE = '𠮷㐂镕·ＡＢ"<&>,\u3000测试小区三栋';

/** Rare characters come through unchanged; a file in another encoding than declared is refused as a whole. */
export const c06: Rule = {
  id: 'C06',
  level: 'MUST',
  title: { zh: '生僻字无损，编码不符即拒绝', en: 'Rare characters survive; a wrong encoding is refused' },
  needs: ['A01', 'C01'],
  run: async (exam) => {
    for (const stream of exam.streams) {
      const verdict = await examineStream(exam, stream);
      if (verdict.kind !== 'pass') return verdict;
    }
    return PASS;
  },
};

async function examineStream(exam: ExamContext, { name, manifest, rows }: StreamCase): Promise<Verdict> {
  const upstream = await exam.source();
  const field = Object.keys(rows[0]!).find(
    (candidate) =>
      !manifest.key.includes(candidate) &&
      typeof rows[0]![candidate] === 'string' &&
      !/\d{4}-\d\d/.test(String(rows[0]![candidate])),
  );
  if (field === undefined) return PASS;
  const rare = rows.map((row): SourceRow => ({ ...row, [field]: RARE }));
  await upstream.serve(name, rare);
  const connection = await exam.open();
  const found = difference(
    rowsOf(connection, name, await exam.pages(connection, name, 100)),
    rare.map((row) => upstream.wire(name, row)),
  );
  if (!same(found)) return fail(tell(name, found));
  if (!(await upstream.serveMisencoded(name, rare))) return PASS;
  try {
    await exam.pages(await exam.open(), name, 100);
  } catch (error) {
    if (error instanceof FatalError && error.code === 'CONNECTOR_ENCODING') return PASS;
    return fail(`${name}: ${(error as { code?: string }).code ?? 'error'}`);
  }
  return fail(`${name}: encoding`);
}
