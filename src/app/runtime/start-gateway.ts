import 'reflect-metadata';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { NEST_OPTIONS } from '../../access/graph/index.js';
import { ConfigurationError } from '../../platform/kernel/index.js';
import { JobQueue } from '../../platform/queue/index.js';
import { NestLogger, startProbeServer, type ProbeServer } from '../../platform/telemetry/index.js';
import { GatewayModule, type GatewayOptions } from './gateway.module.js';
import { GraphMeter } from './graph-meter.js';
import { startLineage } from './lineage.js';
import { meterQueue } from './telemetry.js';

/** A running gateway process. */
export interface RunningGateway {
  /** Null for a process that serves no HTTP. */
  url: string | null;
  queue: JobQueue;
  stop(): Promise<void>;
}

/** Composes and starts the roles; the worker's jobs begin at once. @throws as requireFreePort. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { config } = options.runtime;
  const probe = await probeServer(options);
  const meter = new GraphMeter(options.telemetry.metrics);
  const lineage = options.roles.includes('worker') ? await startLineage(options.runtime, options.telemetry) : null;
  const app = await NestFactory.create<NestExpressApplication>(GatewayModule.for({ ...options, meter }), {
    ...NEST_OPTIONS,
    logger: new NestLogger(options.telemetry.logger),
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.use(meter.request);
  try {
    if (options.roles.includes('api')) await app.listen(config.port, config.host);
    else await app.init();
  } catch (error) {
    await app.close().catch(() => undefined);
    await lineage?.stop();
    await probe?.close();
    throw portError(error, config.host, config.port);
  }
  const address = options.roles.includes('api') ? (app.getHttpServer().address() as AddressInfo) : null;
  const queue = app.get(JobQueue, { strict: false });
  meterQueue(options.telemetry.metrics, queue);
  return {
    url: address ? `http://${inUrl(config.host)}:${address.port}` : null,
    queue,
    stop: async () => {
      await app.close();
      await lineage?.stop();
      await probe?.close();
    },
  };
}

/** A worker without the api answers health checks and Prometheus on a port of its own, when it is told one. */
async function probeServer({ roles, runtime, telemetry }: GatewayOptions): Promise<ProbeServer | null> {
  const { host, probePort } = runtime.config;
  if (roles.includes('api') || probePort === null) return null;
  try {
    return await startProbeServer({ host, port: probePort }, telemetry);
  } catch (error) {
    throw portError(error, host, probePort);
  }
}

const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Fails early and plainly when the port cannot be had. @throws ConfigurationError PORT_TAKEN, PORT_REFUSED, HOST_UNKNOWN. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((done, fail) => {
    probe.once('error', (cause) => fail(portError(cause, host, port)));
    probe.listen(port, host, done);
  });
  await new Promise<void>((done) => probe.close(() => done()));
}

function portError(cause: unknown, host: string, port: number): unknown {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new ConfigurationError('PORT_TAKEN', { params: { port, host }, cause });
    case 'EACCES':
      return new ConfigurationError('PORT_REFUSED', { params: { port, host }, cause });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConfigurationError('HOST_UNKNOWN', { params: { host }, cause });
    default:
      return cause;
  }
}
