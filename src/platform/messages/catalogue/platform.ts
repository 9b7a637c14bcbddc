import { defineMessages } from '../define.js';

export const platformMessages = defineMessages({
  SETTING_UNKNOWN: {
    zh: '不认识的设置 {setting}',
    en: 'Unknown setting {setting}',
    cure: { zh: '用 isthmus start --help 查看全部设置名', en: 'See all names with: isthmus start --help' },
  },
  SETTING_INVALID: {
    zh: '设置 {setting} 的值不合法,应为 {expected}',
    en: 'Setting {setting} has a bad value; expected {expected}',
    cure: { zh: '改正该环境变量后重试', en: 'Correct the environment variable and try again' },
  },
  SETTING_FILE_UNREADABLE: {
    zh: '{setting} 所指的文件无法读取',
    en: 'The file named by {setting} cannot be read',
    cure: { zh: '检查路径与权限', en: 'Check its path and permissions' },
  },
  POSTGRES_PLATFORM: {
    zh: '没有适用于 {platform} 的内嵌 PostgreSQL',
    en: 'There is no embedded PostgreSQL for {platform}',
    cure: {
      zh: '设置 ISTHMUS_DATABASE_URL 使用外部 PostgreSQL ≥ 18',
      en: 'Use an external PostgreSQL ≥ 18 with ISTHMUS_DATABASE_URL',
    },
  },
  POSTGRES_OTHER_USER: {
    zh: '数据库目录 {file} 是以 root 建立的',
    en: 'The database directory {file} was made by root',
    cure: {
      zh: '以同一用户启动,或换一个 ISTHMUS_DATA_DIR',
      en: 'Start as the same user, or choose another ISTHMUS_DATA_DIR',
    },
  },
  POSTGRES_NAMESPACE_GONE: {
    zh: '数据库目录 {file} 建于用户命名空间之内,本机现在不允许',
    en: 'The database directory {file} was made inside a user namespace, which this machine now refuses',
    cure: {
      zh: '以普通用户启动并换一个目录,或重新允许 unshare -U',
      en: 'Start as an ordinary user with another directory, or allow unshare -U again',
    },
  },
  POSTGRES_INITDB: {
    zh: '无法在 {file} 建立数据库:{output}',
    en: 'The database cluster cannot be made in {file}: {output}',
    cure: { zh: '检查目录可写、磁盘有余量', en: 'Check that the directory is writable and the disk has room' },
  },
  POSTGRES_START: {
    zh: 'PostgreSQL 没有启动成功,日志:{file}',
    en: 'PostgreSQL did not start; log: {file}',
    cure: { zh: '查看日志末尾', en: 'Read the end of the log' },
  },
  POSTGRES_RUNNING: {
    zh: '数据目录 {file} 正被另一个程序使用(进程 {pid})',
    en: 'The data directory {file} is in use by another program (process {pid})',
    cure: { zh: '先停止它,或换一个 ISTHMUS_DATA_DIR', en: 'Stop it first, or choose another ISTHMUS_DATA_DIR' },
  },
  POSTGRES_PASSWORD: {
    zh: '数据库口令与密钥目录不符(日志:{file})',
    en: 'The database refuses the password derived from the keys directory (log: {file})',
    cure: {
      zh: '恢复与该数据目录配套的密钥目录',
      en: 'Restore the keys directory that belongs to this data directory',
    },
  },
  DATABASE_TOO_OLD: {
    zh: '需要 PostgreSQL ≥ 18,现为 {version}',
    en: 'PostgreSQL ≥ 18 is needed, this one is {version}',
    cure: { zh: '升级数据库', en: 'Upgrade the database' },
  },
  DATABASE_NEWER: {
    zh: '数据库结构比本程序新(多出迁移 {migration})',
    en: 'The database is newer than this program (it has migration {migration})',
    cure: { zh: '使用与数据库相配或更新的版本', en: 'Run the version that made it, or a newer one' },
  },
  MIGRATION_CHANGED: {
    zh: '已执行的迁移 {migration} 的内容被改动',
    en: 'Migration {migration} was changed after it had been applied',
    cure: { zh: '恢复原文件,改动写成新的迁移', en: 'Restore the file and put the change into a new migration' },
  },
});
