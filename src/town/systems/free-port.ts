import { createServer } from 'node:net';

/** `port` when nobody listens there, else 0 (the starter then takes a free one). */
export function freeOr(port: number): Promise<number> {
  if (port === 0) return Promise.resolve(0);
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(0));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(port)));
  });
}
