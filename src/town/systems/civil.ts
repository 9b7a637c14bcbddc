import type { RequestListener } from 'node:http';
import { enteredAt, type Clock } from '../clock.js';
import { CivilLists, type Changes } from '../days/index.js';
import { FaultBook } from '../faults/fault-book.js';
import { faulty } from '../faults/http-faults.js';
import { Progress } from '../progress.js';
import { beside } from './beside.js';
import { AssistanceBooks } from './civil/assistance.js';
import { MarriageBooks } from './civil/marriages.js';
import { MARRY_CHECK_PATH, marryCheck } from './civil/marry-check.js';
import { civilServices, streamOf } from './civil/services.js';
import { listen } from './listen.js';
import { runSystem } from './system.js';

await runSystem('civil', async ({ home, settings, town, changes, clock }) => {
  const lists = new CivilLists(town);
  const { civilUser: userId, civilPassword: passWord } = settings.passwords;
  const open = (day: Changes, now: Clock): RequestListener => {
    const progress = new Progress('civil', 'assistance rows and marriage operations listed', 0);
    const assistance = new AssistanceBooks(town, day, lists);
    const marriages = new MarriageBooks(town, day, (entry) => enteredAt(now, entry));
    progress.done(assistance.rows + marriages.rows);
    const account = { userId, passWord };
    return beside(MARRY_CHECK_PATH, marryCheck(day, account), civilServices({ assistance, marriages }, account));
  };
  let served = changes;
  let services = open(changes, clock);
  const handler = faulty((...question) => services(...question), new FaultBook(home, 'civil'), { streamOf });
  return {
    ...(await listen(handler, settings.ports.civil)),
    async serve(day, now) {
      if (day !== served) services = open(day, now);
      served = day;
    },
  };
});
