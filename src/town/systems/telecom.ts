import { FaultBook } from '../faults/fault-book.js';
import { faulty } from '../faults/http-faults.js';
import { Progress } from '../progress.js';
import { listen } from './listen.js';
import { runSystem } from './system.js';
import { refuseToken, streamOf, telecomApi } from './telecom/api.js';
import { Catalogue } from './telecom/catalogue.js';

await runSystem('telecom', async ({ home, settings, town }) => {
  const progress = new Progress('telecom', 'lines counted', 0);
  const books = new Catalogue(town);
  progress.done(books.lineCount);
  const api = telecomApi(books, settings.passwords.telecomToken);
  const service = { streamOf, refuse: refuseToken };
  return listen(faulty(api, new FaultBook(home, 'telecom'), service), settings.ports.telecom);
});
