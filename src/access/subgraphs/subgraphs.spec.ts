import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { policy } from '../../governance/policy/index.js';
import { buildSubgraphSchema, composeSupergraph, type SubgraphClass } from '../graph/index.js';
import { CatalogueSubgraph } from './catalogue/catalogue.subgraph.js';
import { catalogueSdl } from './catalogue/catalogue.graphql.js';
import { CivilAffairsSubgraph } from './civil-affairs/civil-affairs.subgraph.js';
import { civilAffairsSdl } from './civil-affairs/civil-affairs.graphql.js';
import { EvidenceSubgraph } from './evidence/evidence.subgraph.js';
import { evidenceSdl } from './evidence/evidence.graphql.js';
import { ExchangeSubgraph } from './exchange/exchange.subgraph.js';
import { exchangeSdl } from './exchange/exchange.graphql.js';
import { HouseholdSubgraph } from './household/household.subgraph.js';
import { householdSdl } from './household/household.graphql.js';
import { onDemandSdl } from './on-demand/on-demand.graphql.js';
import { NOBODY } from './on-demand/consult.js';
import { OnDemandSubgraph } from './on-demand/on-demand.subgraph.js';
import { PropertySubgraph } from './property/property.subgraph.js';
import { propertySdl } from './property/property.graphql.js';
import { ResidentsSubgraph } from './residents/residents.subgraph.js';
import { residentsSdl } from './residents/residents.graphql.js';
import { TelecomSubgraph } from './telecom/telecom.subgraph.js';
import { telecomSdl } from './telecom/telecom.graphql.js';

const kit = {} as never;
const all: [string, string, SubgraphClass][] = [
  ['residents', residentsSdl, new ResidentsSubgraph(kit, {} as never)],
  ['household', householdSdl, new HouseholdSubgraph(kit)],
  ['property', propertySdl, new PropertySubgraph(kit)],
  ['telecom', telecomSdl, new TelecomSubgraph(kit)],
  ['civil-affairs', civilAffairsSdl, new CivilAffairsSubgraph(kit)],
  ['on-demand', onDemandSdl, new OnDemandSubgraph(kit, NOBODY)],
  ['exchange', exchangeSdl, new ExchangeSubgraph({} as never, kit)],
  ['catalogue', catalogueSdl, new CatalogueSubgraph()],
  ['evidence', evidenceSdl, new EvidenceSubgraph()],
];
const supergraph = composeSupergraph(all.map(([name, typeDefs]) => ({ name, typeDefs })));

describe('the subgraphs', () => {
  it.each(all)('%s has a resolver map that fits its schema', (name, typeDefs, subgraph) => {
    expect(() => buildSubgraphSchema(name, typeDefs, subgraph.resolvers())).not.toThrow();
  });

  it('compose, and every root field is in the table of roles', () => {
    const schema = buildSchema(supergraph, { assumeValid: true });
    const roots = [
      ...Object.keys(schema.getQueryType()!.getFields()).map((name) => `Query.${name}`),
      ...Object.keys(schema.getMutationType()!.getFields()).map((name) => `Mutation.${name}`),
    ];
    expect(roots.sort()).toEqual(Object.keys(policy().rootFields).sort());
  });

  it.each([
    [
      'Resident',
      'id name sex birthDate idNumber registration occupancies subscriptions marriages assistance household provenance conflicts history',
    ],
    ['Provenance', 'field source adapterVersion observedAt asOf state'],
    ['Conflict', 'field chosen reason values'],
    ['ConflictValue', 'source value asOf'],
    ['ResidentEvent', 'at event run rule source otherResident'],
    ['Source', 'id domain state asOf lagSeconds records quarantined'],
    ['SyncRun', 'id source stream mode state startedAt endedAt balanced counts sourceDigest storeDigest origin error'],
    [
      'SyncCounts',
      'read created updated unchanged revived deletedByMessage deletedByAbsence quarantined skipped liveBefore liveAfter',
    ],
    ['AuditRow', 'time who unit purpose case operation fields subjects decision'],
    ['ResidentConnection', 'edges nodes pageInfo totalCount totalCountCapped'],
    ['SyncRunConnection', 'edges nodes pageInfo totalCount'],
  ])('%s has the names other programs rely on', (type, names) => {
    const found = buildSchema(supergraph, { assumeValid: true }).getType(type) as unknown as { getFields(): object };
    expect(Object.keys(found.getFields())).toEqual(expect.arrayContaining(names.split(' ')));
  });
});
