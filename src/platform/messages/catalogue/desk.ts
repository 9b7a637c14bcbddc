import { defineMessages } from '../define.js';

/** The quarantine desk. */
export const deskMessages = defineMessages({
  QUARANTINE_UNKNOWN: {
    zh: '有 {count} 个编号不是等待处理的隔离记录',
    en: '{count} of the ids name no record that waits in quarantine',
    cure: {
      zh: '用 isthmus source quarantine list 查看编号',
      en: 'See the ids: isthmus source quarantine list <source>',
    },
  },
  QUARANTINE_MANY: {
    zh: '一次最多处理 {most} 条(收到 {count} 条)',
    en: 'At most {most} records at a time ({count} were given)',
    cure: { zh: '分批处理,或按原因代码选择', en: 'Take them in parts, or select them by their reason' },
  },
  QUARANTINE_NOTHING: {
    zh: '数据源 {source} 没有符合条件的隔离记录',
    en: 'Source {source} has no waiting record of that kind',
    cure: { zh: '用 isthmus source quarantine list {source} 查看', en: 'See: isthmus source quarantine list {source}' },
  },
  CLI_FILE_UNWRITABLE: {
    zh: '文件 {file} 不能写入({reason})',
    en: 'The file {file} cannot be written ({reason})',
    cure: {
      zh: '移走已有的文件,或用 --to 指定别的目录',
      en: 'Move the file that is there, or name another directory with --to',
    },
  },
  CLI_DIRECTORY_UNWRITABLE: {
    zh: '目录 {directory} 不能建立({reason})',
    en: 'The directory {directory} cannot be made ({reason})',
    cure: { zh: '用 --to 指定一个可写的目录', en: 'Name a directory that can be written with --to' },
  },
  SOURCE_OTHER_ADAPTER: {
    zh: '数据源 {source} 用的是适配器 {has},不是 {given}',
    en: 'Source {source} uses adapter {has}, not {given}',
    cure: {
      zh: '换另一个适配器须先 source remove 再 source add',
      en: 'For another adapter: source remove, then source add',
    },
  },
  REPLAY_BUSY: {
    zh: '数据流 {stream} 正在同步,不能同时重放',
    en: 'Stream {stream} is being synced: it cannot be replayed at the same time',
    cure: { zh: '等同步结束后再重放', en: 'Wait until the run has ended, then replay' },
  },
});
