import { GRAPHQL_FIELDS } from '../../../standard/index.js';
import { COMMON_SDL, connectionSdl, LINK_SDL, PAGE_SDL } from '../shared/sdl.js';

/** Who lives here: the golden resident, his sources and where they differ. */
export const residentsSdl = `
${LINK_SDL}
${COMMON_SDL}
${PAGE_SDL}
type Query {
  "按条件查居民,按编号排序 · Residents that match, ordered by id"
  residents(filter: ResidentFilter, first: Int, after: String): ResidentConnection!
  resident(id: ID!): Resident
  "按证件号码精确查;号码只用其盲索引 · Exact look-up; null when nobody has the number"
  residentByIdNumber(idNumber: String!): Resident
}

"Conditions are joined by AND; each names a field that the purpose must show"
input ResidentFilter {
  name: String
  namePrefix: String
  "YYYY, YYYY-MM or YYYY-MM-DD"
  birthDate: PartialDate
  "Mobile or land line, in any usual form"
  phone: String
  "Code list sex"
  sex: String
  "Code list marital-status; only for a purpose that names it"
  maritalStatus: String
}

"居民 · A resident: the golden row made of what the linked sources say"
type Resident @key(fields: "id") {
  id: ID!
${GRAPHQL_FIELDS.Person}
  "每个字段的来源 · Where each field comes from"
  provenance: [Provenance!]!
  "来源不一致之处 · Where the sources differ"
  conflicts: [Conflict!]!
}

type Conflict {
  field: String!
  "Source of the value that was chosen"
  chosen: String!
  reason: String!
  values: [ConflictValue!]!
}

type ConflictValue {
  source: String!
  value: String
  asOf: DateTime
}
${connectionSdl('Resident')}
`;
