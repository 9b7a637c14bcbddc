import { hostname } from 'node:os';
import { Module, type DynamicModule } from '@nestjs/common';
import { ConsoleModule } from '../../access/console/index.js';
import { PushModule } from '../../access/push/index.js';
import { GraphModule, policyGuard, tokenAuthenticator } from '../../access/graph/index.js';
import { linkControl, SUBGRAPHS, SubgraphKit, subgraphProviders, syncControl } from '../../access/subgraphs/index.js';
import { Tokens } from '../../governance/identity/index.js';
import { policy } from '../../governance/policy/index.js';
import { JobQueue, QueueModule } from '../../platform/queue/index.js';
import { systemClock } from '../../platform/kernel/index.js';
import { LinkService } from '../../pipeline/link/index.js';
import { OnDemandDesk } from '../../pipeline/on-demand/index.js';
import { SyncModule, type Engine } from '../../pipeline/sync/index.js';
import { TelemetryModule, type ProgressBoard, type TelemetryParts } from '../../platform/telemetry/index.js';
import { demoAccess } from './demo-access.js';
import { ledgerEvidence } from './evidence.js';
import { UnifyService } from '../../pipeline/unify/index.js';
import { LINK, LinkJob, UNIFY } from './link.job.js';
import type { GraphMeter } from './graph-meter.js';
import type { Runtime } from './open-runtime.js';

export type Role = 'api' | 'worker';

export interface GatewayOptions {
  runtime: Runtime;
  roles: readonly Role[];
  telemetry: TelemetryParts;
  board: ProgressBoard;
  /** Counts what the graph answers. */
  meter?: GraphMeter;
}

/** Everything a process of the given roles consists of: composition only. */
@Module({})
export class GatewayModule {
  static for(options: GatewayOptions): DynamicModule {
    const queue = queueModule(options);
    return {
      module: GatewayModule,
      imports: [
        TelemetryModule.forRoot(options.telemetry),
        queue,
        ...(options.roles.includes('worker') ? [workerModule(options)] : []),
        ...(options.roles.includes('api')
          ? [graphModule(options, queue), consoleModule(options), pushModule(options)]
          : []),
      ],
    };
  }
}

function queueModule({ runtime, roles, telemetry: { logger, metrics } }: GatewayOptions): DynamicModule {
  const { config } = runtime;
  return QueueModule.forRootAsync({
    useFactory: () => ({
      location: config.redisUrl ? { redisUrl: config.redisUrl.reveal() } : { postgresUrl: runtime.urlOf('queue') },
      work: roles.includes('worker'),
      concurrency: { 'sync-stream': config.workerConcurrency },
      report: {
        healed: () => {
          metrics.queueHealed.add({});
          logger.warn('queue-healed');
        },
        trouble: (error) => logger.error('queue-trouble', error),
        failed: (job, error, final) => {
          metrics.jobFailures.add({ job, final: String(final) });
          logger.error('job-failed', error, { job });
        },
      },
    }),
  });
}

@Module({})
class WorkerModule {}

/** In containers every process has the same number: the host is part of the name. */
const workerName = (): string => `worker:${hostname().replace(/[^\w.-]/g, '') || 'host'}:${process.pid}`;

function workerModule({ runtime, board, telemetry: { metrics } }: GatewayOptions): DynamicModule {
  const { config, database, keyring } = runtime;
  const engine: Engine = {
    database,
    keyring,
    clock: systemClock,
    pageSize: config.syncPage,
    leaseSeconds: config.leaseSeconds,
    owner: workerName(),
    onProgress: (progress) => {
      board.update(progress);
      const { source, pageSeconds } = progress;
      if (pageSeconds !== undefined) metrics.pageSeconds.observe({ source }, pageSeconds);
    },
    onEnded: (end) => metrics.syncRuns.add(end),
  };
  return {
    module: WorkerModule,
    imports: [SyncModule.forWorker({ useFactory: () => engine, checkSeconds: config.checkSeconds })],
    providers: [
      { provide: LINK, useFactory: () => new LinkService(database, keyring) },
      { provide: UNIFY, useFactory: () => new UnifyService(database) },
      LinkJob,
    ],
  };
}

@Module({})
class SubgraphsModule {}

function graphModule({ runtime, telemetry: { logger }, meter }: GatewayOptions, queue: DynamicModule): DynamicModule {
  const { database, keyring, config } = runtime;
  // The queue is made by its own module, after these providers: a start that comes before it is found by the reconciler.
  const wakeable: { queue?: JobQueue } = {};
  const subgraphs: DynamicModule = {
    module: SubgraphsModule,
    imports: [queue],
    providers: [
      ...subgraphProviders(
        keyring,
        syncControl(database, async (stream, run) =>
          wakeable.queue?.enqueue('sync-stream', { stream, run }, { id: `stream-${stream}` }),
        ),
        linkControl(database, keyring, async () => wakeable.queue?.enqueue('link', {}, { id: 'link' })),
        new OnDemandDesk({ database, keyring }),
      ),
    ],
    exports: [SubgraphKit, ...SUBGRAPHS],
  };
  return GraphModule.forRootAsync({
    imports: [subgraphs],
    inject: [JobQueue],
    useFactory: (jobs: JobQueue) => {
      wakeable.queue = jobs;
      return {
        authenticator: tokenAuthenticator(
          new Tokens(database, keyring, systemClock, { refuseDemo: config.production }),
        ),
        guard: policyGuard(policy()),
        evidence: meter?.evidence(ledgerEvidence(keyring)) ?? ledgerEvidence(keyring),
        transactions: database,
        executor: config.executor,
        log: {
          failure: (operationId, facts) => {
            logger.error('operation-failed', undefined, { operationId, code: facts.code, kind: facts.kind });
          },
        },
      };
    },
  });
}

const consoleModule = ({ runtime }: GatewayOptions): DynamicModule =>
  ConsoleModule.forRoot({ policy: policy(), demo: () => demoAccess(runtime) });

const pushModule = ({ runtime: { database, keyring }, telemetry: { logger } }: GatewayOptions): DynamicModule =>
  PushModule.forRoot({ database, keyring, log: (facts) => logger.warn('push-refused', facts) });
