import { mkdirSync, watch } from 'node:fs';
import type { Changes } from '../days/index.js';
import { FaultBook } from '../faults/fault-book.js';
import { faulty } from '../faults/http-faults.js';
import { say } from '../progress.js';
import { lookupAccount } from './credentials.js';
import { listen } from './listen.js';
import { Deliveries } from './police/deliveries.js';
import { policeLookup } from './police/lookup.js';
import { Register } from './police/register.js';
import { runSystem } from './system.js';

await runSystem('police', async ({ home, settings, changes }) => {
  mkdirSync(home.drop, { recursive: true });
  const book = new FaultBook(home, 'police');
  const deliveries = new Deliveries(home.drop, home.spoilt);
  let served = changes;
  let register = new Register(changes);
  const questions = faulty(
    policeLookup(() => register, lookupAccount(settings)),
    book,
    { streamOf: () => 'lookup' },
  );
  const lookup = await listen(questions, settings.ports.police ?? 0);
  let turn: Promise<void> = Promise.resolve();
  /** One delivery after the other, whoever asks for it. */
  const deliver = (day: Changes): Promise<void> => {
    if (day !== served) register = new Register(day);
    served = day;
    const next = turn.then(() => deliveries.deliver(day, book.inForce()));
    turn = next.catch(() => undefined);
    return next;
  };
  await deliver(changes);
  let waiting = false;
  const again = (): void => {
    if (waiting) return;
    waiting = true;
    deliver(served)
      .catch((error: unknown) => say('police', `delivery failed: ${(error as Error).message}`))
      .finally(() => (waiting = false));
  };
  const watcher = watch(home.drop, again);
  const timer = setInterval(again, 600_000);
  return {
    port: lookup.port,
    serve: (day) => deliver(day),
    async stop() {
      watcher.close();
      clearInterval(timer);
      await lookup.stop();
      await turn;
    },
  };
});
