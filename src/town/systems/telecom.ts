import { Progress } from '../progress.js';
import { listen } from './listen.js';
import { runSystem } from './system.js';
import { telecomApi } from './telecom/api.js';
import { Catalogue } from './telecom/catalogue.js';

await runSystem('telecom', async ({ settings, town }) => {
  const progress = new Progress('telecom', 'lines counted', 0);
  const books = new Catalogue(town);
  progress.done(books.lineCount);
  return listen(telecomApi(books, settings.passwords.telecomToken), settings.ports.telecom);
});
