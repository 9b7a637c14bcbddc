import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';
import { CheckSourceJob } from './check-source.job.js';
import type { Engine } from './engine.js';
import { CHECK_SECONDS, Reconciler } from './reconciler.js';
import { SyncJob } from './sync.job.js';
import { ENGINE } from './sync.tokens.js';

/** The sync room of a worker process. */
@Module({})
export class SyncModule {
  static forWorker(options: {
    imports?: ModuleMetadata['imports'];
    inject?: FactoryProvider['inject'];
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what `inject` names
    useFactory: (...injected: any[]) => Engine;
    checkSeconds: number;
  }): DynamicModule {
    return {
      module: SyncModule,
      imports: options.imports ?? [],
      providers: [
        { provide: ENGINE, inject: options.inject ?? [], useFactory: options.useFactory },
        { provide: CHECK_SECONDS, useValue: options.checkSeconds },
        SyncJob,
        CheckSourceJob,
        Reconciler,
      ],
      exports: [ENGINE],
    };
  }
}
