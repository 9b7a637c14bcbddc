import { defineMessages } from '../define.js';

const APPROVE = {
  zh: '确认属实后执行:isthmus source approve {source} --stream {stream} --reason "理由";否则修正数据源后重新同步',
  en: 'If this is right, run: isthmus source approve {source} --stream {stream} --reason "why"; otherwise mend the source and sync again',
};

/** Why a stream is held, and what may be wrong with a word about it. */
export const holdMessages = defineMessages({
  SYNC_TOO_MANY_BAD: {
    zh: '数据流 {stream} 有 {quarantined}/{read} 条被隔离(超过 1 %),已暂停,未删除任何记录',
    en: '{quarantined} of {read} records of stream {stream} were quarantined (over 1 %): held, nothing deleted',
    cure: {
      zh: '用 isthmus source quarantine list {source} 查看原因,修正数据源或映射后重新同步;若接受这些坏记录:isthmus source approve {source} --stream {stream} --reason "理由"',
      en: 'See why: isthmus source quarantine list {source}; mend the source or the mapping and sync again. To accept so many: isthmus source approve {source} --stream {stream} --reason "why"',
    },
  },
  SYNC_MASS_DELETE: {
    zh: '数据流 {stream} 将删除 {doomed}/{live} 条(超过 10 %;本次新增 {created} 条),已暂停等待批准',
    en: 'Stream {stream} would delete {doomed} of {live} records (over 10 %; {created} are new): held for approval',
    cure: APPROVE,
  },
  SYNC_SNAPSHOT_EMPTY: {
    zh: '数据流 {stream} 一条记录也没有交付,{doomed}/{live} 条将被删除;已暂停等待批准',
    en: 'Stream {stream} delivered no record at all; {doomed} of {live} would be deleted: held for approval',
    cure: APPROVE,
  },
  SYNC_COLUMNS_LOST: {
    zh: '数据流 {stream} 缺少上次还有的列:{columns};已暂停,未写入也未删除任何记录',
    en: 'Stream {stream} lacks columns that it had before: {columns}; held, nothing written or deleted',
    cure: APPROVE,
  },
  SYNC_FIELDS_LOST: {
    zh: '数据流 {stream} 的记录缺少以往每条都有的字段:{fields};已暂停,有疑问的部分未写入,未删除任何记录',
    en: 'Records of stream {stream} lack fields that every one had before: {fields}; held, the doubtful part was not written, nothing deleted',
    cure: APPROVE,
  },
  SYNC_FIELDS_EMPTIED: {
    zh: '数据流 {stream} 的大多数记录将失去已有的值:{fields};已暂停,有疑问的部分未写入,未删除任何记录',
    en: 'Most records of stream {stream} would lose values that are stored: {fields}; held, the doubtful part was not written, nothing deleted',
    cure: APPROVE,
  },
  SYNC_UNIT_CHANGED: {
    zh: '数据流 {stream} 的大多数记录按同一倍数变化:{fields};单位可能已改,已暂停,有疑问的部分未写入',
    en: 'Numbers of most records of stream {stream} change by one factor: {fields}; the unit may be another now: held, the doubtful part was not written',
    cure: APPROVE,
  },
  SYNC_KEYS_REPLACED: {
    zh: '数据流 {stream} 开头的 {read} 条记录的主键全都没有见过(现有 {live} 条);已暂停,未写入也未删除任何记录',
    en: 'None of the first {read} keys of stream {stream} is known ({live} records are stored); held, nothing written or deleted',
    cure: APPROVE,
  },
  SYNC_KEY_CHANGED: {
    zh: '数据流 {stream} 的主键由 {before} 改为 {after},全部记录将成为新记录;已暂停,未读取任何记录',
    en: 'The key of stream {stream} changed from {before} to {after}, which makes every record a new one; held, nothing was read',
    cure: APPROVE,
  },
  HOLD_UNKNOWN: {
    zh: '同步 {run} 没有被挂起',
    en: 'Run {run} is not held',
    cure: { zh: '用 isthmus source status 查看', en: 'See: isthmus source status' },
  },
  HOLD_DECIDED: {
    zh: '同步 {run} 的挂起已有结论',
    en: 'The hold of run {run} was decided already',
    cure: { zh: '用 isthmus source status 查看', en: 'See: isthmus source status' },
  },
  HOLD_OUTDATED: {
    zh: '同步 {run} 之后情况已变(见同步 {latest}),按旧情况批准无效',
    en: 'Things have changed since run {run} (see run {latest}): what it showed is not what is at stake now',
    cure: { zh: '查看并批准最新一次', en: 'Look at the latest run and approve that' },
  },
  HOLD_NOTHING: {
    zh: '数据源 {source} 没有等待批准的数据流',
    en: 'No stream of source {source} waits for approval',
    cure: { zh: '用 isthmus source status {source} 查看', en: 'See: isthmus source status {source}' },
  },
  HOLD_WHICH: {
    zh: '数据源 {source} 有几个数据流在等待:{streams}',
    en: 'Several streams of source {source} wait: {streams}',
    cure: { zh: '用 --stream 指明一个', en: 'Name one with --stream' },
  },
  REASON_NEEDED: {
    zh: '须写明理由(不超过 {limit} 字,不得含身份证号)',
    en: 'A reason is needed (at most {limit} characters, without ID numbers)',
    cure: { zh: '写明依据后再试', en: 'Say why, then try again' },
  },
});
