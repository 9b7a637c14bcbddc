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
  "居民由哪些记录组成、依据哪条规则 · The records that make up a resident, and by which rule"
  residentLinks(resident: ID!): [ResidentLink!]!
}

type Mutation {
  "裁决复核事项;裁决被记住,证据不变不再提出 · Decides a doubt; it is remembered and not raised again on the same evidence"
  decideReview(id: ID!, decision: LinkDecision!, reason: String!): LinkOrder!
  "撤销关联:该记录不属于这位居民,以后也不再关联 · Undoes a link: the record is somebody else's, and never linked again"
  undoLink(resident: ID!, member: LinkMemberInput!, reason: String!): LinkOrder!
}

enum LinkDecision {
  "同一人 · One person"
  SAME
  "不是同一人 · Two people"
  DIFFERENT
  "无法判断 · It cannot be told from what is known"
  UNCLEAR
}

input LinkMemberInput {
  source: ID!
  "Key of the person in the source"
  personKey: String!
}

type LinkMember {
  source: ID!
  personKey: String!
}

type ResidentLink {
  "The resident; of a merged one, his survivor"
  resident: ID!
  source: ID!
  personKey: String!
  rule: String!
  "Sources of the records that it was tied to"
  with: [ID!]!
  linkedAt: DateTime!
}

"What was ordered; a worker carries it out at once"
type LinkOrder {
  id: ID!
  kind: String!
  decision: LinkDecision!
  review: ID
  member: LinkMember
  "Residents it was about when it was given"
  residents: [ID!]!
  "Pairs of records that it decides"
  pairs: Int!
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
  "由来:建立、合并、拆分、记录的加入与离开、人工裁决,旧的在前;用途不涉及某类记录时为空 · What became of the resident, oldest first; null where the purpose hides a kind of records"
  history: [ResidentEvent!]
}

enum ResidentEventKind {
  CREATED
  MERGED
  SPLIT
  MEMBER_JOINED
  MEMBER_LEFT
  LINK_UNDONE
  REVIEW_DECIDED
}

type ResidentEvent {
  at: DateTime!
  event: ResidentEventKind!
  "The run that brought it"
  run: ID
  "Rule of the link, or what was decided"
  rule: String
  source: ID
  otherResident: ID
}

type Conflict {
  field: String!
  "Source of the value that was chosen; null where the purpose hides a register's records, as in provenance"
  chosen: String
  reason: String!
  values: [ConflictValue!]!
}

type ConflictValue {
  source: String
  value: String
  asOf: DateTime
}
${connectionSdl('Resident')}
`;
