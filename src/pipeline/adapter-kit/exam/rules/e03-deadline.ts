import { setTimeout as sleep } from 'node:timers/promises';
import { fail, PASS, type Rule } from '../rule.js';
import { ask } from '../services.js';

const DEADLINE_MS = 100;
const PATIENCE_MS = 1_500;

/** Somebody waits for the answer: a source that hangs is given up when the deadline says so. */
export const e03: Rule = {
  id: 'E03',
  level: 'MUST',
  title: { zh: '来源不答复时到期即放弃', en: 'A source that hangs is given up at the deadline' },
  needs: ['A01', 'A02'],
  run: async (exam) => {
    const upstream = await exam.serviceSource();
    const connection = await exam.open();
    for (const service of exam.services) {
      upstream.say(service.name, { kind: 'hang' });
      const deadline = AbortSignal.any([exam.signal, AbortSignal.timeout(DEADLINE_MS)]);
      const call = ask(connection, service, deadline).then(
        () => 'answered',
        () => 'given up',
      );
      const ended = await Promise.race([call, sleep(PATIENCE_MS, 'waits', { ref: false })]);
      upstream.say(service.name, { kind: 'nothing' });
      if (ended !== 'given up') return fail(`${service.name}: ${ended}`);
    }
    return PASS;
  },
};
