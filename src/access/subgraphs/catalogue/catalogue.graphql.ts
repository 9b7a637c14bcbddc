import { connectionSdl, LINK_SDL, PAGE_SDL } from '../shared/sdl.js';

/** The catalogue of government information resources: what data there are, not the data. Nothing personal. */
export const catalogueSdl = `
${LINK_SDL}
scalar DateTime
${PAGE_SDL}
type Query {
  "政务信息资源目录,按代码排列 · Catalogue of information resources, by code"
  catalogue(filter: CatalogueFilter, first: Int, after: String): DataResourceConnection!
  "按资源代码 · By resource code"
  dataResource(code: ID!): DataResource
}

"条件同时满足;级别、共享类型与数源单位按信息项判断 · All must hold; level, share type and steward are those of an item"
input CatalogueFilter {
  "Words that the resource or its items speak of"
  text: String
  level: DataLevel
  shareType: ShareType
  "Domain, for example police"
  steward: String
  class: ResourceClass
}

"L1 公开 public · L2 内部 internal · L3 个人信息 personal · L4 敏感个人信息 sensitive personal"
enum DataLevel { L1 L2 L3 L4 }
"无条件 · 有条件 · 不予"
enum ShareType { UNCONDITIONAL CONDITIONAL NONE }
"接口 · 库表 · 文件"
enum ShareMode { API DATABASE FILE }
"基础 · 主题 · 部门"
enum ResourceClass { BASE THEME DEPARTMENT }
"实时 · 每日 · 每周 · 每月 · 每季度 · 每半年 · 每年 · 不定期 · 不更新"
enum UpdateCycle { REAL_TIME DAILY WEEKLY MONTHLY QUARTERLY HALF_YEARLY YEARLY IRREGULAR NEVER }
enum SourceState { OK STALE DOWN HELD SUSPENDED NEVER_SYNCED }

type DataResource {
  "信息资源代码;某来源提供的部分带 @来源 · With @source for what one source provides"
  code: ID!
  "Entity of the standard"
  entity: String!
  "Null for the resource of the standard"
  source: ID
  title: String!
  class: ResourceClass!
  "项、目 · Item and directory of the class"
  category: [String!]!
  abstract: String!
  description: String!
  "提供方 · Domain of the authority that provides it"
  provider: String!
  stewards: [String!]!
  format: String!
  updateCycle: UpdateCycle!
  "Highest of its items"
  level: DataLevel!
  "CONDITIONAL when its items differ"
  shareType: ShareType!
  shareCondition: String!
  shareMode: ShareMode!
  "可向社会开放 · May its steward open it to the public"
  open: Boolean!
  openCondition: String!
  "YYYY-MM-DD"
  published: String!
  "关联资源代码 · Codes of related resources"
  related: [ID!]!
  items: [DataItem!]!
  "Items that met the filter; all when only the resource did"
  matches: [DataItem!]!
  "How the source stands; null for the resource of the standard"
  live: DataResourceLive
}

type DataResourceLive {
  state: SourceState!
  "Null while a stream never synced"
  asOf: DateTime
  "Live records, counted to a cap"
  records: Int!
  recordsCapped: Boolean!
}

type DataItem {
  name: String!
  title: String!
  description: String!
  type: String!
  codeList: String
  codeListTitle: String
  unit: String
  maxLength: Int
  level: DataLevel!
  "How it is shown when it is masked"
  mask: String
  shareType: ShareType!
  "In order of authority"
  stewards: [String!]!
  "A key that only joins records; not served"
  internal: Boolean!
}
${connectionSdl('DataResource')}
`;
