import { GRAPHQL_FIELDS } from '../../../standard/index.js';
import { COMMON_SDL, LINK_SDL } from '../shared/sdl.js';

/** Marriage and assistance: that such a record exists is sensitive itself, so the whole list follows the purpose. */
export const civilAffairsSdl = `
${LINK_SDL}
${COMMON_SDL}
type Resident @key(fields: "id") {
  id: ID!
  "婚姻登记,按业务日期排序 · Marriage operations by date"
  marriages: [MarriageRecord!]
  "社会救助,按发放月份倒序 · Social assistance, latest month first"
  assistance: [SocialAssistance!]
}

"婚姻登记 · A marriage operation, as one party's record"
type MarriageRecord {
  id: ID!
${GRAPHQL_FIELDS.MarriageRecord}
  provenance: [Provenance!]!
}

"社会救助 · One assistance of one person in one month"
type SocialAssistance {
  id: ID!
${GRAPHQL_FIELDS.SocialAssistance}
  provenance: [Provenance!]!
}
`;
