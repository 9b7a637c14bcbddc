import { Progress } from '../progress.js';
import { AssistanceBooks } from './civil/assistance.js';
import { MarriageBooks } from './civil/marriages.js';
import { civilServices } from './civil/services.js';
import { listen } from './listen.js';
import { runSystem } from './system.js';

await runSystem('civil', async ({ settings, town }) => {
  const progress = new Progress('civil', 'assistance rows and marriage operations listed', 0);
  const books = { assistance: new AssistanceBooks(town), marriages: new MarriageBooks(town) };
  progress.done(books.assistance.rows + books.marriages.rows);
  const { civilUser: userId, civilPassword: passWord } = settings.passwords;
  return listen(civilServices(books, { userId, passWord }), settings.ports.civil);
});
