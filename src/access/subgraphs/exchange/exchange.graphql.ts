import { connectionSdl, LINK_SDL, PAGE_SDL } from '../shared/sdl.js';

/** The exchange itself: sources, runs, what was refused and what a person must decide. Nothing personal. */
export const exchangeSdl = `
${LINK_SDL}
scalar DateTime
${PAGE_SDL}
type Query {
  "数据源及其状态 · The sources and how they stand"
  sources: [Source!]!
  "同步记录,新的在前 · Runs, latest first"
  syncRuns(source: ID, first: Int, after: String): SyncRunConnection!
  syncRun(id: ID!): SyncRun
  "隔离的记录 · Records that were refused and wait"
  quarantine(source: ID, first: Int, after: String): QuarantinedRecordConnection!
  "一条隔离的记录:形状与 JSON 指针;值须声明用途与案号 · One refused record: shape and JSON pointer; its values for a purpose and case"
  quarantineItem(id: ID!): QuarantinedRecord
  "待人工判断的关联 · Doubts about links that a person must decide"
  reviewItems(first: Int, after: String): ReviewItemConnection!
}

type Mutation {
  "为数据源的每个流排队一次同步;已在进行的保持不变 · Queues a run for every stream of a source; one that is open stays"
  startSync(source: ID!): [SyncRun!]!
  "令同步在下一次提交前停止;对挂起的同步则否决其所示的变更 · Orders a run to stop before its next commit; of a held run it refuses what it showed"
  cancelSync(id: ID!, reason: String): SyncRun!
  "批准挂起的同步所示的变更(只限所示),并排队继续 · Lets happen exactly what a held run showed, and queues the run that goes on"
  approveHold(run: ID!, reason: String!): SyncRun!
  "映射修正后重放隔离的记录(全部、按原因或指定),每个数据流一次 · Takes refused records through the mended mapping: all, of one reason, or some; one run a stream"
  replayQuarantine(source: ID!, ids: [ID!], reason: String): [SyncRun!]!
  "写明理由了结隔离的记录;返回条数 · Settles refused records by a person's word; how many"
  resolveQuarantine(ids: [ID!]!, reason: String!): Int!
}

enum SourceState { OK STALE DOWN HELD SUSPENDED NEVER_SYNCED }
enum SyncRunState { QUEUED RUNNING SUCCEEDED PARTIAL FAILED HELD CANCELLED }
enum Origin { source mapping policy gateway }

type Source {
  id: ID!
  domain: String!
  state: SourceState!
  "Everything served from here is at least as new as this; null while a stream never synced"
  asOf: DateTime
  lagSeconds: Int
  "Live records"
  records: Int!
  "Records that wait in quarantine"
  quarantined: Int!
  adapter: String!
  adapterVersion: String!
  checkedAt: DateTime
  "Why the last check failed"
  checkCode: String
  nextSyncAt: DateTime
  "断路器与请求预算 · Whether the source is asked now, and how often it was"
  breaker: SourceBreaker!
}

enum BreakerState { CLOSED OPEN HALF_OPEN }

type SourceBreaker {
  "CLOSED: asked as usual; OPEN: not at all; HALF_OPEN: one request shows whether it is back"
  state: BreakerState!
  "Not asked before this"
  until: DateTime
  "Message code of what it is paused for"
  cause: String
  requestsThisHour: Int!
  failedThisHour: Int!
}

type SyncRun {
  id: ID!
  source: ID!
  stream: String!
  mode: String!
  state: SyncRunState!
  queuedAt: DateTime
  startedAt: DateTime
  endedAt: DateTime
  "Both balances hold; null while the run is open"
  balanced: Boolean
  counts: SyncCounts!
  "Why records were skipped"
  skippedReasons: [SkippedReason!]!
  sourceDigest: String
  storeDigest: String
  "Whose fault a failure is"
  origin: Origin
  "Message code of a failure"
  error: String
  errorText: String
  "Why the run was held and who decided; null where it was not"
  hold: SyncHold
  adapterVersion: String!
  mappingVersion: String!
}

type SyncHold {
  "Message code"
  code: String!
  "In words, with the numbers"
  message: String!
  cure: String!
  "Since when the stream is held for this"
  since: DateTime!
  "APPROVED or REFUSED; null while it waits"
  decision: HoldDecision
  decidedAt: DateTime
  "Person and unit on the token"
  decidedBy: String
  decidedUnit: String
  decidedReason: String
  "The run that the approval started"
  nextRun: ID
}

enum HoldDecision { APPROVED REFUSED }

type SyncCounts {
  read: Int!
  created: Int!
  updated: Int!
  unchanged: Int!
  revived: Int!
  deletedByMessage: Int!
  deletedByAbsence: Int!
  quarantined: Int!
  skipped: Int!
  liveBefore: Int
  liveAfter: Int
}

type SkippedReason {
  reason: String!
  count: Int!
}

type QuarantinedRecord {
  id: ID!
  source: ID!
  stream: String!
  "Key of the record in the source; null when it could not be read"
  key: String
  "Message code"
  reason: String!
  reasonText: String
  "JSON pointer into the source record"
  pointer: String!
  "Shape of the value, never the value"
  shape: String!
  times: Int!
  recordedAt: DateTime!
  firstRun: ID!
  lastRun: ID!
  "RESOLVED by a person, REPLAYED, VANISHED from the source, SUPERSEDED by a newer record; null while it waits"
  resolution: String
  resolvedAt: DateTime
  resolvedReason: String
  "The record's values, for a declared purpose and case; null where they are withheld or the record cannot be read"
  values: [QuarantinedValue!]
}

type QuarantinedValue {
  "JSON pointer into the source record"
  pointer: String!
  "As the purpose allows; identifiers are always masked"
  value: String
  shape: String!
  access: String!
  "The value that was refused"
  bad: Boolean!
}

type ReviewItem {
  id: ID!
  kind: String!
  reason: String!
  state: String!
  createdAt: DateTime!
  members: [ReviewMember!]!
}

type ReviewMember {
  source: ID!
  "Key of the person in the source"
  personKey: String!
}
${connectionSdl('SyncRun')}
${connectionSdl('QuarantinedRecord')}
${connectionSdl('ReviewItem')}
`;
