import { defineMessages } from '../define.js';

export const syncMessages = defineMessages({
  SYNC_LEASE_LOST: {
    zh: '数据流 {stream} 的租约已转给另一个工作进程,本页未写入',
    en: 'The lease of stream {stream} has passed to another worker; this page was not written',
    cure: {
      zh: '无需处理:接手的进程从已提交的位置继续',
      en: 'Nothing to do: the other worker goes on from the committed position',
    },
  },
  SYNC_SCAN_INCOMPLETE: {
    zh: '数据流 {stream} 没有读到末尾,未删除任何记录',
    en: 'Stream {stream} was not read to its end; nothing was deleted',
    cure: {
      zh: '检查数据源后重新同步,将从断点继续',
      en: 'Check the source and sync again; it goes on from where it stopped',
    },
  },
  SYNC_COUNT_SHORT: {
    zh: '数据流 {stream} 读到 {read} 条,数据源自报 {expected} 条;未删除任何记录',
    en: 'Stream {stream} delivered {read} records where the source itself counts {expected}; nothing was deleted',
    cure: {
      zh: '数据源可能正在变动或截断,请重新同步',
      en: 'The source may have been changing or cut short: sync again',
    },
  },
  SYNC_KEYS_UNREADABLE: {
    zh: '数据流 {stream} 有 {count} 条记录的主键无法读取,本次不清除任何记录',
    en: 'The keys of {count} records of stream {stream} cannot be read; this run sweeps nothing',
    cure: {
      zh: '在隔离区查看原因,修正数据源或映射后重新同步',
      en: 'See the reasons in quarantine, correct the source or the mapping, sync again',
    },
  },
  SYNC_MAPPING_CHANGED: {
    zh: '同步期间适配器已更换,旧的同步作废',
    en: 'The adapter was replaced during the run; the old run was ended',
    cure: { zh: '无需处理:新的同步按新版本进行', en: 'Nothing to do: a new run uses the new version' },
  },
  SYNC_UNBALANCED: {
    zh: '数据流 {stream} 的收支不平衡',
    en: 'The statement of stream {stream} does not balance',
    cure: {
      zh: '重新同步;若再次出现请报告运维并附同步编号',
      en: 'Sync again; if it happens again report it with the run number',
    },
  },
  SYNC_ROW_REFUSED: {
    zh: '数据库拒绝该记录({shape})',
    en: 'The database refuses the record ({shape})',
    cure: { zh: '检查该记录的数值与日期范围', en: 'Check the range of its numbers and dates' },
  },
  DUPLICATE_KEY_DIFFERS: {
    zh: '同一次读取中,同一主键下有内容不同的另一条记录;保留先出现的一条',
    en: 'Another record with other content stands under the same key in the same scan; the first was kept',
    cure: {
      zh: '请来源核对这两行:号码是否录错,或主键选得不够细(在 manifest.yaml 的 key 中加列)',
      en: 'Ask the source which row is right: a mistyped number, or a key that is too coarse (add a column to key in manifest.yaml)',
    },
  },
  SYNC_SOURCE_STOPPED: {
    zh: '数据源 {source} 已停用或移除',
    en: 'Source {source} is suspended or was removed',
    cure: { zh: '恢复数据源后重新同步', en: 'Restore the source, then sync again' },
  },
  SYNC_ON_DEMAND: {
    zh: '数据源 {source} 只供查询时核验,没有可同步的数据流',
    en: 'Source {source} is only looked up at request time: it has nothing to sync',
    cure: { zh: '直接查询即可;状态见 source status', en: 'Just ask; source status shows how its calls go' },
  },
  LOOKUP_ANSWER: {
    zh: '查询服务的答复不能采用:{reason}',
    en: 'The answer of the look-up service cannot be used: {reason}',
    cure: {
      zh: '核对来源的字典,确认含义后修正 mapping.yaml;未知代码绝不默认',
      en: 'Check the source’s dictionary and correct mapping.yaml; an unknown code is never defaulted',
    },
  },
  LOOKUP_BUSY: {
    zh: '对该来源的并发调用已满,期限内没有轮到',
    en: 'Too many calls to this source at once: no turn came within the deadline',
    cure: {
      zh: '稍后重试;与来源商定后提高 limits.concurrency',
      en: 'Try again; raise limits.concurrency if the source agrees',
    },
  },
  LOOKUP_GIVEN_UP: {
    zh: '查询已放弃,没有等到来源的答复',
    en: 'The question was given up before the source answered',
    cure: { zh: '重试', en: 'Ask again' },
  },
  SYNC_CANCELLED: {
    zh: '同步已被取消',
    en: 'The run was cancelled',
    cure: { zh: '需要时重新启动同步', en: 'Start it again when needed' },
  },
  SYNC_FAILED: {
    zh: '同步失败(内部错误)',
    en: 'The run failed with an internal error',
    cure: { zh: '查看日志中该同步编号的记录', en: 'Look in the log for the number of this run' },
  },
  SOURCE_UNKNOWN: {
    zh: '没有名为 {source} 的数据源',
    en: 'There is no source named {source}',
    cure: { zh: '用 isthmus source list 查看', en: 'See: isthmus source list' },
  },
  SOURCE_EXISTS: {
    zh: '数据源 {source} 已存在',
    en: 'Source {source} exists already',
    cure: {
      zh: '换一个名字,或先执行 isthmus source remove {source}',
      en: 'Choose another id, or first run: isthmus source remove {source}',
    },
  },
  SOURCE_BESIDE_DEMO: {
    zh: '示范镇正在使用,真实数据源不得与其混用',
    en: 'The demo town is in use; real sources and the town never mix',
    cure: {
      zh: '先执行 isthmus town remove,或以 ISTHMUS_DEMO=off 与新的数据目录启动',
      en: 'Run isthmus town remove first, or start with ISTHMUS_DEMO=off and a new data directory',
    },
  },
  RUN_ENDED: {
    zh: '同步 {run} 已经结束({state}),不能再取消',
    en: 'Run {run} has ended already ({state}) and cannot be cancelled',
    cure: {
      zh: '无需取消;用 syncRuns 或 isthmus source status 查看结果',
      en: 'There is nothing to cancel; see its result with syncRuns or isthmus source status',
    },
  },
  RUN_UNKNOWN: {
    zh: '没有编号为 {run} 的同步',
    en: 'There is no run {run}',
    cure: { zh: '用 isthmus source status 查看', en: 'See: isthmus source status' },
  },
});
