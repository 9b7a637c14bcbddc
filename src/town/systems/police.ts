import { mkdirSync, watch } from 'node:fs';
import { say } from '../progress.js';
import { deliverMissing } from './police/deliveries.js';
import { runSystem } from './system.js';

await runSystem('police', async ({ home, town }) => {
  mkdirSync(home.drop, { recursive: true });
  await deliverMissing(town, home.drop);
  let busy = false;
  const again = (): void => {
    if (busy) return;
    busy = true;
    deliverMissing(town, home.drop)
      .catch((error: unknown) => say('police', `delivery failed: ${(error as Error).message}`))
      .finally(() => (busy = false));
  };
  const watcher = watch(home.drop, again);
  const timer = setInterval(again, 600_000);
  return {
    port: 0,
    async stop() {
      watcher.close();
      clearInterval(timer);
    },
  };
});
