import { Inject } from '@nestjs/common';
import { IsthmusError, UsageError } from '../../../platform/kernel/index.js';
import { speak } from '../../../platform/messages/index.js';
import { type GraphContext, Subgraph, type SubgraphClass } from '../../graph/index.js';
import { connection } from '../shared/connection.js';
import { type PageArgs, SERIAL, UUID } from '../shared/cursor.js';
import { SubgraphKit } from '../shared/kit.js';
import { dateTime } from '../shared/sdl.js';
import type { Resolvers } from '../shared/subgraph-types.js';
import { exchangeSdl } from './exchange.graphql.js';
import { valuesOf } from './quarantine-values.js';
import {
  countQuarantine,
  pageOfQuarantine,
  QUARANTINE_KEY,
  quarantineById,
  type QuarantinedRecord,
} from './quarantine.repository.js';
import { countReviewItems, pageOfReviewItems, residentsOf, type ReviewItem } from './review-items.repository.js';
import { listSources } from './sources.repository.js';
import { SYNC_CONTROL, type SyncControl } from './sync-control.js';
import { countRuns, pageOfRuns, runsById, type SyncHold, type SyncRun } from './sync-runs.repository.js';

type SourceArgs = PageArgs & { source?: string | null };

@Subgraph({ name: 'exchange', typeDefs: exchangeSdl })
export class ExchangeSubgraph implements SubgraphClass {
  constructor(
    @Inject(SYNC_CONTROL) private readonly control: SyncControl,
    @Inject(SubgraphKit) private readonly kit: SubgraphKit,
  ) {}

  resolvers(): Resolvers {
    return {
      DateTime: dateTime(),
      Query: {
        sources: (_: unknown, _args: unknown, { tx, time }: GraphContext) => listSources(tx, time),
        syncRuns: (_: unknown, args: SourceArgs, { tx }: GraphContext) => listRuns(tx, args),
        syncRun: async (_: unknown, { id }: { id: string }, { tx }: GraphContext) =>
          (await runsById(tx, runId(id) ?? []))[0] ?? null,
        quarantine: (_: unknown, args: SourceArgs, { tx }: GraphContext) => listQuarantine(tx, args),
        quarantineItem: (_: unknown, { id }: { id: string }, { tx }: GraphContext) => quarantineById(tx, id),
        reviewItems: (_: unknown, args: PageArgs, context: GraphContext) => listReviewItems(context, args),
      },
      SyncRun: {
        errorText: ({ error, errorParams }: SyncRun, _: unknown, { language }: GraphContext) =>
          error === null ? null : speak(error, language, errorParams).text,
      },
      SyncHold: {
        message: ({ code, params }: SyncHold, _: unknown, { language }: GraphContext) =>
          speak(code, language, params).text,
        cure: ({ code, params }: SyncHold, _: unknown, { language }: GraphContext) =>
          speak(code, language, params).cure,
      },
      QuarantinedRecord: {
        reasonText: ({ reason, shape }: QuarantinedRecord, _: unknown, { language }: GraphContext) =>
          speak(reason, language, { shape }).text,
        values: ({ id }: QuarantinedRecord, _: unknown, context: GraphContext) =>
          valuesOf(context, this.kit.keyring, id),
      },
      Mutation: {
        startSync: (_: unknown, { source }: { source: string }, { requester }: GraphContext) =>
          ordered(() => this.control.start({ source, actor: requester.tokenId, unit: requester.unit })),
        cancelSync: (_: unknown, { id, reason }: { id: string; reason?: string | null }, context: GraphContext) =>
          ordered(() =>
            this.control.cancel({ ...by(context), run: runId(id)?.[0] ?? 0, ...(reason != null && { reason }) }),
          ),
        approveHold: (_: unknown, { run, reason }: { run: string; reason: string }, context: GraphContext) =>
          ordered(() => this.control.approve({ ...by(context), run: runId(run)?.[0] ?? 0, reason })),
        replayQuarantine: (
          _: unknown,
          { source, ids, reason }: { source: string; ids?: string[] | null; reason?: string | null },
          context: GraphContext,
        ) =>
          this.control.replay({
            ...by(context),
            source,
            ...(ids != null && { ids }),
            ...(reason != null && { reason }),
          }),
        resolveQuarantine: (_: unknown, order: { ids: string[]; reason: string }, context: GraphContext) =>
          this.control.resolve({ ...by(context), ...order }),
      },
    };
  }
}

/** Who gives an order. */
const by = ({ requester: { tokenId, unit, person } }: GraphContext) => ({ actor: tokenId, unit, person });

/** A run's number; null for text that is none. */
const runId = (id: string): [number] | null => (SERIAL.test(id) && Number(id) <= 2_147_483_647 ? [Number(id)] : null);

const listRuns = (tx: GraphContext['tx'], { source = null, ...args }: SourceArgs) =>
  connection<SyncRun>(
    {
      kind: 'run',
      keyShape: SERIAL,
      keyOf: ({ id }) => String(id),
      page: (after, limit) => pageOfRuns(tx, source, after, limit),
      count: (limit) => countRuns(tx, source, limit),
    },
    args,
  );

const listQuarantine = (tx: GraphContext['tx'], { source = null, ...args }: SourceArgs) =>
  connection<QuarantinedRecord>(
    {
      kind: 'quarantine',
      keyShape: QUARANTINE_KEY,
      keyOf: ({ id }) => id,
      page: (after, limit) => pageOfQuarantine(tx, source, after, limit),
      count: (limit) => countQuarantine(tx, source, limit),
    },
    args,
  );

const listReviewItems = (context: GraphContext, args: PageArgs) =>
  connection<ReviewItem>(
    {
      kind: 'review',
      keyShape: UUID,
      keyOf: ({ id }) => id,
      page: (after, limit) => pageOfReviewItems(context.tx, after, limit),
      onServed: async (items) =>
        (await residentsOf(context.tx, items)).forEach((resident) => context.subject(resident)),
      count: (limit) => countReviewItems(context.tx, limit),
    },
    args,
  );

/** What is wrong with an order is the caller's matter: an unknown source is none that he could have. */
async function ordered<T>(order: () => Promise<T>): Promise<T> {
  try {
    return await order();
  } catch (error) {
    if (error instanceof IsthmusError && (error.code === 'SOURCE_UNKNOWN' || error.code === 'RUN_UNKNOWN'))
      throw new UsageError('NOT_FOUND', { cause: error });
    if (error instanceof IsthmusError && error.code === 'SYNC_SOURCE_STOPPED')
      throw new UsageError('CONFLICT', { cause: error });
    throw error;
  }
}
