import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { FaultBook } from './fault-book.js';
import type { Fault } from './kinds.js';

export interface RunningProxy {
  port: number;
  stop(): Promise<void>;
}

/** ErrorResponse of PostgreSQL: the database system is starting up. */
function startingUp(): Buffer {
  const fields = 'SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0';
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + Buffer.byteLength(fields), 1);
  return Buffer.concat([head, Buffer.from(fields)]);
}

/**
 * The line to the property company's database: bytes go both ways untouched until a fault is in force. What counts as a
 * request is one piece of bytes from the reader, which is one question of its driver.
 */
export async function startProxy(target: number, port: number, book: FaultBook): Promise<RunningProxy> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => open.delete(socket));
    }
    new Line(client, upstream, book).run();
  });
  const bind = (wanted: number): Promise<void> =>
    new Promise((done, fail) => {
      server.once('error', fail);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', fail);
        done();
      });
    });
  await bind(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return bind(0);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** One connection of a reader. */
class Line {
  private faults: Fault[] = [];
  private sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: Socket,
    private readonly upstream: Socket,
    private readonly book: FaultBook,
  ) {}

  run(): void {
    const { client, upstream } = this;
    client.on('data', (bytes) => this.asked(bytes));
    upstream.on('data', (bytes) => this.answered(bytes));
    client.on('drain', () => upstream.resume());
    upstream.on('drain', () => client.resume());
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => void this.sending.then(() => client.end()));
  }

  private asked(bytes: Buffer): void {
    this.faults = this.book.inForce().length === 0 ? [] : this.book.strike(null);
    if (this.has('half-open')) return;
    if (this.has('unavailable')) return void this.client.end(startingUp());
    if (!this.upstream.write(bytes)) this.client.pause();
  }

  private answered(bytes: Buffer): void {
    const slow = this.faults.find((fault) => fault.kind === 'latency');
    if (this.has('cut')) {
      this.client.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => this.client.destroy());
    } else if (slow) this.later(() => pause(slow.ms).then(() => void this.client.write(bytes)));
    else if (this.has('drip')) this.later(() => this.drip(bytes));
    else if (!this.client.write(bytes)) this.upstream.pause();
  }

  /** Keeps the order of what is held back. */
  private later(work: () => Promise<void>): void {
    this.upstream.pause();
    this.sending = this.sending.then(work).then(() => void this.upstream.resume());
  }

  private async drip(bytes: Buffer): Promise<void> {
    for (const byte of bytes) {
      if (this.client.destroyed) return;
      this.client.write(Buffer.from([byte]));
      await pause(1000);
    }
  }

  private has(kind: string): boolean {
    return this.faults.some((fault) => fault.kind === kind);
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms).unref());
