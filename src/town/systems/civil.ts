import { FaultBook } from '../faults/fault-book.js';
import { faulty } from '../faults/http-faults.js';
import { Progress } from '../progress.js';
import { AssistanceBooks } from './civil/assistance.js';
import { MarriageBooks } from './civil/marriages.js';
import { civilServices, streamOf } from './civil/services.js';
import { listen } from './listen.js';
import { runSystem } from './system.js';

await runSystem('civil', async ({ home, settings, town }) => {
  const progress = new Progress('civil', 'assistance rows and marriage operations listed', 0);
  const books = { assistance: new AssistanceBooks(town), marriages: new MarriageBooks(town) };
  progress.done(books.assistance.rows + books.marriages.rows);
  const { civilUser: userId, civilPassword: passWord } = settings.passwords;
  const services = civilServices(books, { userId, passWord });
  return listen(faulty(services, new FaultBook(home, 'civil'), { streamOf }), settings.ports.civil);
});
