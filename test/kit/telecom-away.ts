import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { subgraphClassServer } from '../../src/access/graph/index.js';
import { SubgraphKit, TelecomSubgraph } from '../../src/access/subgraphs/index.js';
import { ledgerEvidence } from '../../src/app/runtime/evidence.js';
import { Database, type DatabaseRole } from '../../src/platform/database/index.js';
import { Secret } from '../../src/platform/kernel/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import type { AwayOrder } from './telecom-process.js';

// The telecom subgraph as a department runs it that took it out of the gateway: a process of its own with connections
// of its own. Its order comes as the first message, its port goes back; it ends with its parent.

process.once('message', (order: AwayOrder) => {
  void serve(order).then((port) => process.send?.({ port, pid: process.pid }));
});
process.on('disconnect', () => process.exit(0));

async function serve({ urls, keysDir, envelopeKey, port }: AwayOrder): Promise<number> {
  const transactions = await Database.open({
    url: (role: DatabaseRole) => urls[role],
    poolSize: { app: 2, worker: 1, auditor: 1 },
  });
  const keyring = await Keyring.open(keysDir, { create: false });
  const server = subgraphClassServer(new TelecomSubgraph(new SubgraphKit(keyring)), {
    key: new Secret(Buffer.from(envelopeKey, 'base64')),
    ports: {
      transactions,
      evidence: ledgerEvidence(keyring),
      log: { failure: (_id, facts) => process.stderr.write(`telecom: ${JSON.stringify(facts)}\n`) },
    },
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}
