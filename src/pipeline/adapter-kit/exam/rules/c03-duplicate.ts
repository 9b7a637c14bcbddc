import { bytesOf } from '../compare.js';
import { fail, PASS, type Rule } from '../rule.js';

/** An unchanged record has the same bytes in every scan and when it comes twice: else each sync would rewrite everything. */
export const c03: Rule = {
  id: 'C03',
  level: 'MUST',
  title: { zh: '未变化或重复的记录字节相同', en: 'An unchanged or repeated record has equal bytes' },
  needs: ['A01', 'C01'],
  run: async (exam) => {
    const upstream = await exam.source();
    for (const { name, rows } of exam.streams) {
      const once = bytesOf(await exam.pages(await exam.open(), name, 3)).sort();
      const twice = bytesOf(await exam.pages(await exam.open(), name, 1000)).sort();
      if (once.join() !== twice.join()) return fail(`${name}: bytes differ between two scans`);
      await upstream.serve(name, [...rows, rows[0]!]);
      const repeated = bytesOf(await exam.pages(await exam.open(), name, 2));
      if (repeated.length !== rows.length + 1) return fail(`${name}: ${repeated.length} / ${rows.length + 1}`);
      if (new Set(repeated).size !== rows.length) return fail(`${name}: bytes differ between two copies`);
    }
    return PASS;
  },
};
