import { createInterface } from 'node:readline';
import { Database, roleName, type LoginRole } from '../../src/platform/database/index.js';
import { systemClock } from '../../src/platform/kernel/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import { runStream } from '../../src/pipeline/sync/index.js';

/** One sync run in a process of its own, so that its memory and CPU are a worker's. Orders come as JSON on stdin. */
export interface Order {
  adminUrl: string;
  passwords: Record<string, string>;
  keysDir: string;
  run: number;
  pageSize: number;
}

export interface Outcome {
  result: string;
  seconds: number;
  cpuMicros: number;
  peakMiB: number;
}

const [line] = await new Promise<string[]>((done) =>
  createInterface({ input: process.stdin }).once('line', (text) => done([text])),
);
const order = JSON.parse(line!) as Order;
const url = (role: LoginRole): string => {
  const to = new URL(order.adminUrl);
  to.username = roleName(role);
  to.password = encodeURIComponent(order.passwords[role]!);
  return to.toString();
};
const database = await Database.open({ url });
const keyring = await Keyring.open(order.keysDir);
const from = performance.now();
const cpu = process.cpuUsage();
const result = await runStream(
  { database, keyring, clock: systemClock, pageSize: order.pageSize, leaseSeconds: 30, owner: 'bench' },
  order.run,
  new AbortController().signal,
);
const used = process.cpuUsage(cpu);
const outcome: Outcome = {
  result,
  seconds: (performance.now() - from) / 1000,
  cpuMicros: used.user + used.system,
  peakMiB: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(outcome)}\n`);
await database.close();
process.exit(0);
