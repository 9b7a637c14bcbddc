import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type FactoryProvider,
  type ModuleMetadata,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { findHandlers } from './find-handlers.js';
import { JobMark } from './handles-job.js';
import { JobQueue, type QueueLocation, type QueueReport } from './job-queue.js';
import { JobRunner } from './job-runner.js';
import type { JobName } from './jobs.js';

export interface QueueModuleOptions {
  location: QueueLocation;
  /** Whether this process takes jobs (role worker, or all in one) or only asks for them. */
  work: boolean;
  concurrency?: Partial<Record<JobName, number>>;
  report?: QueueReport;
  /** How long a stop waits for jobs at work, in ms. */
  graceMs?: number;
}

const OPTIONS = Symbol('queue options');

/** Starts the workers once every provider is there, and stops them while the database is still open. */
@Injectable()
class JobWork implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  private runner: JobRunner | undefined;

  constructor(
    @Inject(OPTIONS) private readonly options: QueueModuleOptions,
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
  ) {}

  /** @throws ConfigurationError QUEUE_HANDLER_MISSING, QUEUE_HANDLER_DOUBLE: the start fails. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.options.work) return;
    const marked = this.discovery.getProviders({ metadataKey: JobMark.KEY }).map((provider) => ({
      job: this.discovery.getMetadataByDecorator(JobMark, provider) ?? '',
      className: String(provider.name),
      instance: provider.instance as unknown,
    }));
    this.runner = new JobRunner(this.queue, this.options.report);
    await this.runner.start(findHandlers(marked), this.options.concurrency);
  }

  async onModuleDestroy(): Promise<void> {
    await this.runner?.stop(this.options.graceMs);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}

@Module({})
export class QueueModule {
  static forRootAsync(
    source: Pick<ModuleMetadata, 'imports'> & Pick<FactoryProvider<QueueModuleOptions>, 'inject' | 'useFactory'>,
  ): DynamicModule {
    return {
      module: QueueModule,
      global: true,
      imports: [DiscoveryModule, ...(source.imports ?? [])],
      providers: [
        { provide: OPTIONS, useFactory: source.useFactory, inject: source.inject ?? [] },
        {
          provide: JobQueue,
          useFactory: (options: QueueModuleOptions) => JobQueue.open(options.location, options.report),
          inject: [OPTIONS],
        },
        JobWork,
      ],
      exports: [JobQueue],
    };
  }
}
