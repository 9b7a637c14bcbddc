import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { startPostgres } from '../../platform/embedded-postgres/index.js';
import type { Changes } from '../days/index.js';
import { FaultBook } from '../faults/fault-book.js';
import { startProxy } from '../faults/proxy.js';
import { readJson, writeJson } from '../home.js';
import { say } from '../progress.js';
import { applyDay } from './property/apply-day.js';
import { expireReader, makeDrift, undoDrift } from './property/drift.js';
import { createDatabase, DATABASE, fillDatabase, withClient } from './property/fill.js';
import { runSystem } from './system.js';

/** The vendor's server is a small one, and its data can be made again. */
const SERVER = { shared_buffers: '64MB', max_connections: '40', wal_level: 'minimal', max_wal_senders: '0' };

await runSystem('property', async ({ home, settings, town, changes }) => {
  mkdirSync(dirname(home.propertyCluster), { recursive: true });
  const server = await startPostgres({
    dataDir: home.propertyCluster,
    port: 0,
    password: settings.passwords.propertyOwner,
    superuser: 'hc_owner',
    settings: SERVER,
  });
  if (readJson(home.propertyLoaded) === null) {
    await createDatabase(server.url(), settings.passwords.propertyReader);
    await fillDatabase(server.url(DATABASE), town);
    writeJson(home.propertyLoaded, { seed: settings.seed, people: settings.people });
  }
  const book = new FaultBook(home, 'property');
  const serve = (day: Changes): Promise<void> =>
    withClient(server.url(DATABASE), async (client) => {
      const faults = book.inForce();
      await undoDrift(client);
      const written = await applyDay(client, town, day);
      if (written > 0) say('property', `${written} rows changed`);
      await makeDrift(client, faults);
      await expireReader(
        client,
        faults.some(({ kind }) => kind === 'credential'),
      );
    });
  await serve(changes);
  let stopping = false;
  void server.exited.then(() => {
    if (stopping) return;
    say('property', 'the database server is gone');
    process.exit(1);
  });
  // Readers come through a line of ours, so that it can fail them as real lines do.
  const proxy = await startProxy(server.port, settings.ports.property, book);
  return {
    port: proxy.port,
    serve: (day) => serve(day),
    async stop() {
      stopping = true;
      await proxy.stop();
      await server.stop();
    },
  };
});
