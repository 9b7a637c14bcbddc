import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common';
import { Health } from './health.js';
import { httpProbe, PROBE_PATHS } from './http-probe.js';
import { Logger } from './logger.js';
import { Metrics } from './metrics.js';

export interface TelemetryParts {
  logger: Logger;
  metrics: Metrics;
  health: Health;
}

/** Gives every room the logger, the metrics and the health checks, and serves the three probe addresses. */
@Module({})
export class TelemetryModule implements NestModule, BeforeApplicationShutdown {
  constructor(
    @Inject(Health) private readonly health: Health,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  static forRoot({ logger, metrics, health }: TelemetryParts): DynamicModule {
    return {
      module: TelemetryModule,
      global: true,
      providers: [
        { provide: Logger, useValue: logger },
        { provide: Metrics, useValue: metrics },
        { provide: Health, useValue: health },
      ],
      exports: [Logger, Metrics, Health],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(httpProbe({ health: this.health, metrics: this.metrics })).forRoutes(...PROBE_PATHS);
  }

  beforeApplicationShutdown(): void {
    this.health.drain();
  }
}
