import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { startPostgres } from '../../platform/embedded-postgres/index.js';
import { FaultBook } from '../faults/fault-book.js';
import { startProxy } from '../faults/proxy.js';
import { readJson, writeJson } from '../home.js';
import { say } from '../progress.js';
import { createDatabase, DATABASE, fillDatabase } from './property/fill.js';
import { runSystem } from './system.js';

/** The vendor's server is a small one, and its data can be made again. */
const SERVER = { shared_buffers: '64MB', max_connections: '40', wal_level: 'minimal', max_wal_senders: '0' };

await runSystem('property', async ({ home, settings, town }) => {
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
  let stopping = false;
  void server.exited.then(() => {
    if (stopping) return;
    say('property', 'the database server is gone');
    process.exit(1);
  });
  // Readers come through a line of ours, so that it can fail them as real lines do.
  const proxy = await startProxy(server.port, settings.ports.property, new FaultBook(home, 'property'));
  return {
    port: proxy.port,
    async stop() {
      stopping = true;
      await proxy.stop();
      await server.stop();
    },
  };
});
