import { difference, rowsOf, same, tell } from '../compare.js';
import { fail, PASS, type Rule } from '../rule.js';

/** Every record of the source comes, once, whatever the size of a page; only the last page says that it is the last. */
export const c01: Rule = {
  id: 'C01',
  level: 'MUST',
  title: { zh: '翻页不漏不重', en: 'Paging delivers every record once' },
  needs: ['A01', 'A02'],
  run: async (exam) => {
    const upstream = await exam.source();
    const connection = await exam.open();
    for (const { name, rows } of exam.streams) {
      if (rows.length < 3) return fail(`${name}: fixtures < 3`);
      const wanted = rows.map((row) => upstream.wire(name, row));
      for (const pageSize of [1, 2, 1000]) {
        const pages = await exam.pages(connection, name, pageSize);
        const found = difference(rowsOf(connection, name, pages), wanted);
        if (!same(found)) return fail(`${tell(name, found)} (pageSize ${pageSize})`);
        if (pages.filter((page) => page.last).length !== 1 || !pages.at(-1)!.last) return fail(`${name}: last`);
        if (pages.some((page) => page.expectedTotal !== undefined && page.expectedTotal !== rows.length))
          return fail(`${name}: expectedTotal`);
      }
    }
    return PASS;
  },
};
