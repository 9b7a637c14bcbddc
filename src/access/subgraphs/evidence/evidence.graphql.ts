import { connectionSdl, LINK_SDL, PAGE_SDL } from '../shared/sdl.js';

/** The evidence as an auditor reads it: who asked what, for which purpose, about whom (keyed pseudonyms). */
export const evidenceSdl = `
${LINK_SDL}
scalar DateTime
${PAGE_SDL}
type Query {
  "证据,新的在前 · Evidence rows, latest first"
  auditRows(filter: AuditFilter, first: Int, after: String): AuditRowConnection!
}

input AuditFilter {
  "Kind of event, for example QUERY_ANSWERED"
  code: String
  "Pseudonym of a resident"
  subject: String
  from: DateTime
  until: DateTime
}

type AuditRow {
  id: ID!
  time: DateTime!
  "Kind of event"
  code: String!
  who: String
  unit: String
  purpose: String
  case: String
  "Root fields of the operation"
  operation: String
  "Type.field of everything selected"
  fields: [String!]!
  "Keyed pseudonyms of the residents concerned"
  subjects: [String!]!
  decision: String
  "The whole row as canonical JSON, as it will be proved"
  body: String!
}
${connectionSdl('AuditRow')}
`;
