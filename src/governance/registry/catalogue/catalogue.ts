import type { EntityName, FieldSpec, Level, ShareType, Steward, Titled } from '../../../standard/index.js';
import type { SourceState } from '../source-state.js';

/** 基础 · 主题 · 部门: the classes of the guide for catalogues of government information resources. */
export type ResourceClass = 'BASE' | 'THEME' | 'DEPARTMENT';
/** 接口 · 库表 · 文件. */
export type ShareMode = 'API' | 'DATABASE' | 'FILE';
/** 实时 · 每日 · 每周 · 每月 · 每季度 · 每半年 · 每年 · 不定期 · 不更新. */
export type UpdateCycle =
  'REAL_TIME' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'QUARTERLY' | 'HALF_YEARLY' | 'YEARLY' | 'IRREGULAR' | 'NEVER';

/** One information item (信息项): a field of the standard. */
export interface DataItem {
  entity: EntityName;
  name: string;
  /** Chinese. */
  title: string;
  /** English. */
  description: string;
  type: FieldSpec['type'];
  codeList: string | null;
  /** Chinese title of the code list. */
  codeListTitle: string | null;
  unit: string | null;
  maxLength: number | null;
  level: Level;
  mask: string | null;
  shareType: ShareType;
  /** In order of authority. */
  stewards: readonly Steward[];
  /** A key that only joins records: it is not served. */
  internal: boolean;
}

/** One entry of the catalogue: an entity of the standard, or what one source provides of it. */
export interface DataResource {
  /** Of an entity `101001/000001`; of what a source provides `101001/000001@<source>`. */
  code: string;
  entity: EntityName;
  /** Id of the source; null for the resource of the standard. */
  source: string | null;
  /** Chinese. */
  title: string;
  class: ResourceClass;
  /** Chinese: item and directory. */
  category: readonly string[];
  /** Chinese. */
  abstract: string;
  /** English. */
  description: string;
  /** Domain of the authority that provides it. */
  provider: string;
  /** Every steward of an item, the one of most items first. */
  stewards: readonly Steward[];
  format: string;
  /** Of a resource of the standard the quickest of its sources; null where the sources were not looked at. */
  updateCycle: UpdateCycle | null;
  /** Highest of its items. */
  level: Level;
  /** Conditional when its items differ. */
  shareType: ShareType;
  shareCondition: Titled;
  shareMode: ShareMode;
  /** May it be opened to the public? */
  open: boolean;
  openCondition: Titled;
  /** YYYY-MM-DD */
  published: string;
  related: readonly string[];
  items: readonly DataItem[];
  /** How it stands; null for the resource of the standard. */
  live: LiveFacts | null;
}

export interface LiveFacts {
  state: SourceState;
  /** The oldest of its streams; null while one never synced. */
  asOf: Date | null;
  /** Live records of the streams, counted to a cap. */
  records: number;
  recordsCapped: boolean;
}

/** What one source provides of one entity, as its adapter says and its runs show. */
export interface Providing {
  source: string;
  domain: string;
  entity: EntityName;
  /** Fields that the mapping fills. */
  fields: readonly string[];
  shareMode: ShareMode;
  format: string;
  /** Changes are pushed as they happen. */
  pushed: boolean;
  /** Longest of schedule and promised delivery; null when neither is set. */
  everySeconds: number | null;
  live: LiveFacts;
}
