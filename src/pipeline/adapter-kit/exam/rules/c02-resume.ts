import { difference, rowsOf, tell } from '../compare.js';
import { fail, PASS, type Rule } from '../rule.js';

/** A read that starts at any page's checkpoint, on a new connection, misses nothing of what came after that page. */
export const c02: Rule = {
  id: 'C02',
  level: 'MUST',
  title: { zh: '从任一断点续读不丢记录', en: 'Resuming at any checkpoint misses no record' },
  needs: ['A01', 'C01'],
  run: async (exam) => {
    await exam.source();
    const first = await exam.open();
    for (const { name } of exam.streams) {
      const pages = await exam.pages(first, name, 2);
      for (const [index, page] of pages.slice(0, -1).entries()) {
        const rest = rowsOf(first, name, pages.slice(index + 1));
        const again = await exam.open();
        const resumed = await exam.pages(again, name, 2, page.checkpoint);
        const found = difference(rowsOf(again, name, resumed), rest);
        if (found.missing > 0) return fail(`${tell(name, found)} (page ${index + 1})`);
        if (!resumed.at(-1)?.last) return fail(`${name}: last (page ${index + 1})`);
      }
    }
    return PASS;
  },
};
