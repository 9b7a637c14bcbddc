import { isDeepStrictEqual } from 'node:util';
import { fail, PASS, type Rule } from '../rule.js';
import { ask } from '../services.js';

/** What the source says comes through as it said it, and "nothing found" is nothing: not an error, not a record. */
export const e01: Rule = {
  id: 'E01',
  level: 'MUST',
  title: {
    zh: '查询服务如实作答,没有即无',
    en: 'A service answers what the source says, and nothing where it has nothing',
  },
  needs: ['A01', 'A02'],
  run: async (exam) => {
    const upstream = await exam.serviceSource();
    const connection = await exam.open();
    for (const service of exam.services) {
      for (const [at, row] of service.fixtures.input.entries()) {
        upstream.say(service.name, { kind: 'row', row });
        const found = await ask(connection, service, exam.signal);
        const expected = Object.keys(row).length === 0 ? found : upstream.wire(service.name, row);
        if (!isDeepStrictEqual({ ...found }, { ...expected })) return fail(`${service.name}: row ${at}`);
      }
      if (!upstream.hasNothing(service.name)) continue;
      upstream.say(service.name, { kind: 'nothing' });
      if ((await ask(connection, service, exam.signal)) !== null) return fail(`${service.name}: empty`);
    }
    return PASS;
  },
};
