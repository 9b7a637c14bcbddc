import { Subgraph, type SubgraphClass } from '../../graph/index.js';
import { entityResolvers } from '../shared/entity-resolvers.js';
import { SubgraphKit } from '../shared/kit.js';
import { recordsOfResident, residentQuery } from '../shared/resident-records.js';
import { SCALARS } from '../shared/sdl.js';
import { type Resolvers, stubs } from '../shared/subgraph-types.js';
import { telecomSdl } from './telecom.graphql.js';

const SUBSCRIPTIONS = residentQuery('TelecomSubscription', 'TelecomSubscription', 'telecom_subscription', {
  orderBy: { field: 'startDate' },
});

@Subgraph({ name: 'telecom', typeDefs: telecomSdl })
export class TelecomSubgraph implements SubgraphClass {
  constructor(private readonly kit: SubgraphKit) {}

  resolvers(): Resolvers {
    return {
      ...SCALARS,
      Resident: {
        subscriptions: recordsOfResident(this.kit, 'subscriptions', SUBSCRIPTIONS),
        __resolveReferences: stubs,
      },
      TelecomSubscription: entityResolvers(this.kit, 'TelecomSubscription'),
    };
  }
}
