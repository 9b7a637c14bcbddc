import { GRAPHQL_FIELDS } from '../../../standard/index.js';
import { COMMON_SDL, connectionSdl, LINK_SDL, PAGE_SDL } from '../shared/sdl.js';

/** Dwellings and who holds or uses them. */
export const propertySdl = `
${LINK_SDL}
${COMMON_SDL}
${PAGE_SDL}
type Query {
  dwelling(id: ID!): Dwelling
  "按条件查房屋,按编号排序 · Dwellings that match, ordered by id"
  dwellings(filter: DwellingFilter, first: Int, after: String): DwellingConnection!
}

"Conditions are joined by AND"
input DwellingFilter {
  "Division code or its beginning"
  division: String
  communityName: String
  estate: String
  building: String
  unit: String
  room: String
}

"房屋 · A dwelling: equal normalised addresses are one"
type Dwelling @key(fields: "id") {
  id: ID!
${GRAPHQL_FIELDS.Dwelling}
  "房屋关系 · Who holds or uses it"
  occupancies: [PropertyOccupancy!]
  provenance: [Provenance!]!
}

type Resident @key(fields: "id") {
  id: ID!
  "房屋关系 · The dwellings the resident holds or uses"
  occupancies: [PropertyOccupancy!]
}

"房屋关系 · A person or an organisation holds or uses a dwelling"
type PropertyOccupancy {
  id: ID!
${GRAPHQL_FIELDS.PropertyOccupancy}
  dwelling: Dwelling
  "Null for an organisation"
  resident: Resident
  provenance: [Provenance!]!
}
${connectionSdl('Dwelling')}
`;
