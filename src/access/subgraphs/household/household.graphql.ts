import { GRAPHQL_FIELDS } from '../../../standard/index.js';
import { COMMON_SDL, LINK_SDL } from '../shared/sdl.js';

/** The police household register: households, their members and a person's own registration. */
export const householdSdl = `
${LINK_SDL}
${COMMON_SDL}
type Query {
  household(id: ID!): Household
}

"户 · A household of the police register"
type Household @key(fields: "id") {
  id: ID!
${GRAPHQL_FIELDS.Household}
  "户成员 · Its members"
  members: [HouseholdMember!]
  provenance: [Provenance!]!
}

"户成员 · A person belongs to a household"
type HouseholdMember {
  id: ID!
${GRAPHQL_FIELDS.HouseholdMember}
  resident: Resident
  provenance: [Provenance!]!
}

type Resident @key(fields: "id") {
  id: ID!
  "所在户 · The household the resident belongs to"
  household: Household
  "户籍登记 · The registration that holds now"
  registration: HouseholdRegistration
}

"户籍登记 · State of a person in the household register"
type HouseholdRegistration {
  id: ID!
${GRAPHQL_FIELDS.HouseholdRegistration}
  provenance: [Provenance!]!
}
`;
