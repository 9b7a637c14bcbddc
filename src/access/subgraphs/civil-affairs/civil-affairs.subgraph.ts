import { Subgraph, type SubgraphClass } from '../../graph/index.js';
import { entityResolvers } from '../shared/entity-resolvers.js';
import { SubgraphKit } from '../shared/kit.js';
import { recordsOfResident, residentQuery } from '../shared/resident-records.js';
import { SCALARS } from '../shared/sdl.js';
import { type Resolvers, stubs } from '../shared/subgraph-types.js';
import { civilAffairsSdl } from './civil-affairs.graphql.js';

const MARRIAGES = residentQuery('MarriageRecord', 'MarriageRecord', 'marriage_record', {
  orderBy: { field: 'operationDate' },
});
const ASSISTANCE = residentQuery('SocialAssistance', 'SocialAssistance', 'social_assistance', {
  orderBy: { field: 'payMonth', descending: true },
});

@Subgraph({ name: 'civil-affairs', typeDefs: civilAffairsSdl })
export class CivilAffairsSubgraph implements SubgraphClass {
  constructor(private readonly kit: SubgraphKit) {}

  resolvers(): Resolvers {
    return {
      ...SCALARS,
      Resident: {
        marriages: recordsOfResident(this.kit, 'marriages', MARRIAGES),
        assistance: recordsOfResident(this.kit, 'assistance', ASSISTANCE),
        __resolveReferences: stubs,
      },
      MarriageRecord: entityResolvers(this.kit, 'MarriageRecord'),
      SocialAssistance: entityResolvers(this.kit, 'SocialAssistance'),
    };
  }
}
