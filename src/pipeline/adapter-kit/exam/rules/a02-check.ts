import { fail, PASS, type Rule } from '../rule.js';

/** A healthy source passes its check. */
export const a02: Rule = {
  id: 'A02',
  level: 'MUST',
  title: { zh: '数据源正常时检查通过', en: 'The check of a healthy source passes' },
  needs: ['A01'],
  run: async (exam) => {
    await exam.source();
    const result = await (await exam.open()).check(exam.signal);
    if (!result.ok) return fail(`check: ${result.code ?? '?'}`);
    return result.latencyMs >= 0 ? PASS : fail('check: latencyMs');
  },
};
