import type { RequestListener } from 'node:http';
import type { Changes } from '../days/index.js';
import { FaultBook } from '../faults/fault-book.js';
import { faulty } from '../faults/http-faults.js';
import { Progress } from '../progress.js';
import { beside } from './beside.js';
import { listen } from './listen.js';
import { runSystem } from './system.js';
import { refuseToken, streamOf, telecomApi } from './telecom/api.js';
import { Catalogue } from './telecom/catalogue.js';
import { CHECK_PATH, telecomCheck } from './telecom/check.js';

await runSystem('telecom', async ({ home, settings, town, changes }) => {
  const open = (day: Changes): RequestListener => {
    const progress = new Progress('telecom', 'lines counted', 0);
    const books = new Catalogue(town, day);
    progress.done(books.lineCount);
    const { telecomToken } = settings.passwords;
    return beside(CHECK_PATH, telecomCheck(books, telecomToken), telecomApi(books, telecomToken));
  };
  let served = changes;
  let api = open(changes);
  const service = { streamOf, refuse: refuseToken };
  const handler = faulty((...question) => api(...question), new FaultBook(home, 'telecom'), service);
  return {
    ...(await listen(handler, settings.ports.telecom)),
    async serve(day) {
      if (day !== served) api = open(day);
      served = day;
    },
  };
});
