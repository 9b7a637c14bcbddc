import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Health } from './health.js';
import { httpProbe } from './http-probe.js';
import type { Metrics } from './metrics.js';

export interface ProbeServer {
  port: number;
  close(): Promise<void>;
}

/**
 * The probe addresses for a process that serves nothing else: container health checks and Prometheus.
 *
 * @throws the socket's error when the port cannot be had.
 */
export async function startProbeServer(
  where: { host: string; port: number },
  parts: { health: Health; metrics: Metrics },
): Promise<ProbeServer> {
  const probe = httpProbe(parts);
  const server = createServer((request, response) => {
    void probe(request, response, () => response.writeHead(404).end()).catch(() => response.destroy());
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(where.port, where.host, done));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
