import 'reflect-metadata';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { NEST_OPTIONS } from '../../access/graph/index.js';
import { ConfigurationError } from '../../platform/kernel/index.js';
import { JobQueue } from '../../platform/queue/index.js';
import { NestLogger } from '../../platform/telemetry/index.js';
import { GatewayModule, type GatewayOptions } from './gateway.module.js';
import { meterQueue } from './telemetry.js';

/** A running gateway process. */
export interface RunningGateway {
  /** Null for a process that serves no HTTP. */
  url: string | null;
  queue: JobQueue;
  stop(): Promise<void>;
}

/** Composes and starts the roles; the worker's jobs begin at once. @throws ConfigurationError PORT_TAKEN. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { config } = options.runtime;
  const app = await NestFactory.create<NestExpressApplication>(GatewayModule.for(options), {
    ...NEST_OPTIONS,
    logger: new NestLogger(options.telemetry.logger),
    abortOnError: false,
  });
  app.disable('x-powered-by');
  if (options.roles.includes('api')) {
    await app.listen(config.port, config.host);
  } else await app.init();
  const address = options.roles.includes('api') ? (app.getHttpServer().address() as AddressInfo) : null;
  const queue = app.get(JobQueue, { strict: false });
  meterQueue(options.telemetry.metrics, queue);
  return {
    url: address ? `http://${config.host}:${address.port}` : null,
    queue,
    stop: () => app.close(),
  };
}

/** Fails early and plainly when the port is taken. @throws ConfigurationError PORT_TAKEN. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await new Promise<void>((done, fail) => {
    probe.once('error', (cause) => fail(new ConfigurationError('PORT_TAKEN', { params: { port, host }, cause })));
    probe.listen(port, host, done);
  });
  await new Promise<void>((done) => probe.close(() => done()));
}
