import { Inject } from '@nestjs/common';
import { readLookupServices } from '../../../governance/registry/index.js';
import { type GraphContext, Subgraph, type SubgraphClass } from '../../graph/index.js';
import { SubgraphKit } from '../shared/kit.js';
import { type Operation, operationOf } from '../shared/operation.js';
import { dateTime } from '../shared/sdl.js';
import { type ResidentRef, type Resolvers, stubs } from '../shared/subgraph-types.js';
import type { Desk } from './consult.js';
import { onDemandSdl } from './on-demand.graphql.js';
import { mobileCheck, policeRecord, type PoliceRecord, recordValue } from './resident-fields.js';
import { type IdentityArgs, type MarriageArgs, verifyIdentity, verifyMarriage } from './verify-identity.js';

/** Nest token of the desk. */
export const ON_DEMAND = Symbol('on-demand desk');

@Subgraph({ name: 'on-demand', typeDefs: onDemandSdl, network: true })
export class OnDemandSubgraph implements SubgraphClass {
  constructor(
    private readonly kit: SubgraphKit,
    @Inject(ON_DEMAND) private readonly desk: Desk,
  ) {}

  resolvers(): Resolvers {
    const op = (context: GraphContext): Operation => operationOf(context, this.kit);
    const registered = (field: string) => (record: PoliceRecord, _: unknown, context: GraphContext) =>
      recordValue(op(context), record, 'HouseholdRegistration', field);
    return {
      DateTime: dateTime(),
      Query: {
        verifyIdentity: (_: unknown, args: IdentityArgs, context: GraphContext) =>
          verifyIdentity(op(context), this.desk, args),
        verifyMarriage: (_: unknown, args: MarriageArgs, context: GraphContext) =>
          verifyMarriage(op(context), this.desk, args),
        lookupServices: (_: unknown, _args: unknown, context: GraphContext) =>
          context.locally(() => readLookupServices(context.tx)),
      },
      Resident: {
        policeRecord: ({ id }: ResidentRef, _: unknown, context: GraphContext) =>
          policeRecord(op(context), this.desk, id),
        mobileCheck: ({ id }: ResidentRef, _: unknown, context: GraphContext) =>
          mobileCheck(op(context), this.desk, id),
        __resolveReferences: stubs,
      },
      PoliceRecord: {
        status: registered('status'),
        category: registered('category'),
        division: registered('division'),
        lifeStatus: (record: PoliceRecord, _: unknown, context: GraphContext) =>
          recordValue(op(context), record, 'Person', 'lifeStatus'),
      },
    };
  }
}
