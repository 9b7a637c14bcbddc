import { FatalError } from '../../../../platform/kernel/index.js';
import { fail, PASS, type Rule } from '../rule.js';
import { ask } from '../services.js';

/** A status of no known meaning, at whatever level, is an error and never "nobody": a wrong no could cost somebody a right. */
export const e02: Rule = {
  id: 'E02',
  level: 'MUST',
  title: { zh: '任何一级的未知状态都是错误', en: 'An unknown status is an error at every level' },
  needs: ['A01', 'A02'],
  run: async (exam) => {
    const upstream = await exam.serviceSource();
    const connection = await exam.open();
    for (const service of exam.services) {
      const { status = [] } = service.manifest['answer'] as { status?: unknown[] };
      for (const level of status.keys()) {
        upstream.say(service.name, { kind: 'status', level });
        const said = await ask(connection, service, exam.signal).catch((error: unknown) => error);
        if (!(said instanceof FatalError)) return fail(`${service.name}: level ${level + 1}`);
      }
    }
    return PASS;
  },
};
