import { LINK_SDL } from '../shared/sdl.js';

/** What is not stored here but asked where it lies, while the requester waits. */
export const onDemandSdl = `
${LINK_SDL}
scalar DateTime

type Query {
  "号码、姓名、手机号是否属于同一人:逐项是、否、不知,不给出任何值 · Do they belong together: yes, no or unknown to each claim, and no value"
  verifyIdentity(idNumber: String!, name: String, phone: String): IdentityVerdicts!
  "两人是否互为配偶 · Are these two married to each other"
  verifyMarriage(idNumber: String!, partnerIdNumber: String!): MarriageVerdict!
  "只供查询时核验的来源 · Sources that are only looked up, and how their calls go"
  lookupServices: [LookupService!]!
}

"NO: the authority does not confirm it, whether it knows better or knows nothing. UNKNOWN: nobody could tell"
enum Verdict { YES NO UNKNOWN }

type IdentityVerdicts {
  idNumber: Verdict!
  "UNKNOWN when no name was given"
  name: Verdict!
  "UNKNOWN when no phone was given"
  phone: Verdict!
  "Who was asked"
  checks: [Check!]!
}

type MarriageVerdict {
  married: Verdict!
  checks: [Check!]!
}

"一次核验 · One source that was asked"
type Check {
  source: ID!
  "False: it was down, slow or not to be understood; what it would have said is UNKNOWN"
  answered: Boolean!
  "When it answered; up to the manifest's cacheSeconds ago"
  checkedAt: DateTime
}

type Resident @key(fields: "id") {
  id: ID!
  "户籍现状,查询时向公安核实 · What the police register says at this moment; null when it cannot be asked"
  policeRecord: PoliceRecord
  "手机号现在是否在其名下,查询时向运营商核实 · Does the operator confirm name, number and mobile at this moment"
  mobileCheck: MobileCheck
}

type PoliceRecord {
  "False: the register does not have the number"
  found: Boolean!
  "Code list person-status"
  status: String
  "Code list life-status"
  lifeStatus: String
  "Code list household-category"
  category: String
  division: String
  checkedAt: DateTime!
  source: ID!
}

type MobileCheck {
  verdict: Verdict!
  checkedAt: DateTime!
  source: ID!
}

enum LookupState { OK DOWN SUSPENDED UNTRIED }
enum BreakerState { CLOSED OPEN HALF_OPEN }

type LookupService {
  id: ID!
  domain: String!
  adapter: String!
  adapterVersion: String!
  state: LookupState!
  breaker: BreakerState!
  lastCallAt: DateTime
  lastAnswerAt: DateTime
  "Message code of the last call; null when it was answered"
  lastCode: String
  lastMs: Int
  calls: Int!
  failures: Int!
  checkedAt: DateTime
  checkCode: String
}
`;
