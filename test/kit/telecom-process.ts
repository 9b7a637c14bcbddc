import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fetchSubgraphSdl, RemoteSubgraph } from '../../src/access/graph/index.js';
import { LOGIN_ROLES, type LoginRole } from '../../src/platform/database/index.js';
import { Secret } from '../../src/platform/kernel/index.js';
import { built } from './built.js';
import type { TestDatabase } from './postgres.js';

/** What the process of `telecom-away.ts` is told. */
export interface AwayOrder {
  urls: Record<LoginRole, string>;
  keysDir: string;
  /** Base64; both sides sign and check with it. */
  envelopeKey: string;
  /** 0 for any. */
  port: number;
}

/** The telecom subgraph in an HTTP process of its own, over the same database. */
export class TelecomProcess {
  readonly #order: AwayOrder;
  #child: ChildProcess | null = null;

  constructor({ db, keysDir }: { db: TestDatabase; keysDir: string }) {
    const urls = Object.fromEntries(LOGIN_ROLES.map((role) => [role, db.urlOf(role)])) as Record<LoginRole, string>;
    this.#order = { urls, keysDir, envelopeKey: randomBytes(32).toString('base64'), port: 0 };
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts it; a later start takes the same port, so that the gateway finds it where it was. */
  async start(): Promise<void> {
    this.#child = fork(built('test/kit/telecom-away.js'), [], { execArgv: [] });
    this.#child.send(this.#order);
    const [answer] = (await Promise.race([
      once(this.#child, 'message'),
      once(this.#child, 'exit').then(([code]) => Promise.reject(new Error(`the telecom process ended with ${code}`))),
    ])) as [{ port: number }];
    this.#order.port = answer.port;
  }

  /** What the gateway holds of it: address, key and the SDL that it gave itself. */
  async endpoint(): Promise<RemoteSubgraph> {
    const url = `http://127.0.0.1:${this.#order.port}/`;
    const key = new Secret(Buffer.from(this.#order.envelopeKey, 'base64'));
    const typeDefs = await fetchSubgraphSdl('telecom', url);
    // Generous, so that a busy machine does not pass for a dead process.
    return new RemoteSubgraph({ name: 'telecom', url, key, typeDefs, deadlineMs: 12_000 });
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}
