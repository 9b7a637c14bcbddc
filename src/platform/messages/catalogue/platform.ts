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
    zh: '数据库目录 {file} 属于另一个用户',
    en: 'The database directory {file} belongs to another user',
    cure: {
      zh: '以建立它的用户启动,或换一个 ISTHMUS_DATA_DIR',
      en: 'Start as the user who made it, or choose another ISTHMUS_DATA_DIR',
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
  POSTGRES_NO_ACCOUNT: {
    zh: '本机没有编号为 {uid} 的用户账户,也不允许用户命名空间,PostgreSQL 无法建立数据库',
    en: 'This host has no account for uid {uid} and allows no user namespaces, so PostgreSQL makes no database',
    cure: {
      zh: '以有账户的用户启动(容器内可在 /etc/passwd 中加入该 uid),或用 ISTHMUS_DATABASE_URL 使用外部数据库',
      en: 'Start as a user with an account (in a container, add the uid to /etc/passwd), or use an external database with ISTHMUS_DATABASE_URL',
    },
  },
  POSTGRES_INITDB: {
    zh: '无法在 {file} 建立数据库:{output}',
    en: 'The database cluster cannot be made in {file}: {output}',
    cure: { zh: '检查目录可写、磁盘有余量', en: 'Check that the directory is writable and the disk has room' },
  },
  POSTGRES_NOBODY_BLOCKED: {
    zh: '以 root 运行而本机不允许用户命名空间时,数据库以 uid 65534 运行,但它进不了 {file}',
    en: 'As root without user namespaces the database runs as uid 65534, which cannot enter {file}',
    cure: {
      zh: '以普通用户启动,或用 ISTHMUS_DATA_DIR 指定一个他人可以进入的位置',
      en: 'Start as an ordinary user, or choose an ISTHMUS_DATA_DIR below directories that others may enter',
    },
  },
  POSTGRES_START: {
    zh: 'PostgreSQL 没有启动成功:{reason}(日志:{file})',
    en: 'PostgreSQL did not start: {reason} (log: {file})',
    cure: {
      zh: '按日志末尾的原因处理后重试;数据未被改动',
      en: 'Remove the cause that the end of the log names and try again; the data were not touched',
    },
  },
  DATABASE_GONE: {
    zh: '数据库进程意外结束,程序随之停止:{reason}(日志:{file})',
    en: 'The database process ended unexpectedly, so the program stops: {reason} (log: {file})',
    cure: {
      zh: '查看日志末尾的原因,再执行一次同样的命令;已提交的数据都在',
      en: 'Read the end of the log for the cause and run the same command again; what was committed is there',
    },
  },
  DATABASE_UNREACHABLE: {
    zh: 'ISTHMUS_DATABASE_URL 所指的数据库 {host} 连不上({reason})',
    en: 'The database {host} of ISTHMUS_DATABASE_URL cannot be reached ({reason})',
    cure: {
      zh: '检查地址、端口、防火墙,以及数据库是否在运行',
      en: 'Check address, port and firewall, and that the database runs',
    },
  },
  DATABASE_REFUSED: {
    zh: 'ISTHMUS_DATABASE_URL 所指的数据库 {host} 拒绝登录({reason})',
    en: 'The database {host} of ISTHMUS_DATABASE_URL refuses the sign-in ({reason})',
    cure: {
      zh: '检查用户名、口令、库名与 pg_hba.conf;口令可放进 ISTHMUS_DATABASE_URL_FILE 所指的文件',
      en: 'Check user, password, database name and pg_hba.conf; the URL may stand in a file named by ISTHMUS_DATABASE_URL_FILE',
    },
  },
  DATABASE_RIGHTS: {
    zh: 'ISTHMUS_DATABASE_URL 的用户权限不足({reason})',
    en: 'The user of ISTHMUS_DATABASE_URL lacks a right ({reason})',
    cure: {
      zh: '该用户须是此数据库的所有者并有 CREATEROLE 与 BYPASSRLS:CREATE ROLE isthmus_admin LOGIN CREATEROLE BYPASSRLS PASSWORD …; CREATE DATABASE isthmus OWNER isthmus_admin',
      en: 'It must own the database and have CREATEROLE and BYPASSRLS: CREATE ROLE isthmus_admin LOGIN CREATEROLE BYPASSRLS PASSWORD …; CREATE DATABASE isthmus OWNER isthmus_admin',
    },
  },
  DISK_FULL: {
    zh: '{file} 所在的磁盘没有空间了',
    en: 'The disk that holds {file} is full',
    cure: {
      zh: '腾出空间后再启动(示范镇约需 300 MB),或用 ISTHMUS_DATA_DIR 换一处',
      en: 'Free some space and start again (the demo takes about 300 MB), or choose another ISTHMUS_DATA_DIR',
    },
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
  DATABASE_NEEDS_BYPASSRLS: {
    zh: '数据库账号缺少 BYPASSRLS 权限,无法建立工作角色',
    en: 'The database account lacks BYPASSRLS, so the worker role cannot be made',
    cure: {
      zh: '由超级用户执行:ALTER ROLE <账号> CREATEROLE BYPASSRLS',
      en: 'Have a superuser run: ALTER ROLE <account> CREATEROLE BYPASSRLS',
    },
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
  KEYS_DIR_MODE: {
    zh: '密钥目录 {file} 的权限为 {mode},他人可以进入',
    en: 'The keys directory {file} has mode {mode}: others can enter it',
    cure: {
      zh: '执行 chmod 700 {file};若曾被他人读取,须更换密钥',
      en: 'Run chmod 700 {file}; rotate the keys if others may have read them',
    },
  },
  KEYS_FILE_MODE: {
    zh: '密钥文件 {file} 的权限为 {mode},他人可以读取',
    en: 'The key file {file} has mode {mode}: others can read it',
    cure: {
      zh: '执行 chmod 600 {file};若曾被他人读取,须更换密钥',
      en: 'Run chmod 600 {file}; rotate the keys if others may have read it',
    },
  },
  KEYS_UNREADABLE: {
    zh: '密钥文件 {file} 无法读取',
    en: 'The key file {file} cannot be read',
    cure: {
      zh: '检查属主与权限:须由启动本程序的用户所有',
      en: 'Check its owner and mode: it must belong to the user who starts the program',
    },
  },
  KEYS_UNWRITABLE: {
    zh: '密钥文件 {file} 无法写入',
    en: 'The key file {file} cannot be written',
    cure: {
      zh: '检查目录可写,或用 ISTHMUS_KEYS_DIR 换一个目录',
      en: 'Make the directory writable, or choose another with ISTHMUS_KEYS_DIR',
    },
  },
  KEYS_MISSING: {
    zh: '找不到密钥 {file},而数据库中已有用它封存的数据',
    en: 'The keys {file} are missing, and the database holds values sealed with them',
    cure: {
      zh: '从备份恢复密钥目录,或用 ISTHMUS_KEYS_DIR 指向它',
      en: 'Restore the keys directory from its backup, or point ISTHMUS_KEYS_DIR at it',
    },
  },
  KEYS_DAMAGED: {
    zh: '密钥文件 {file} 已损坏',
    en: 'The key file {file} is damaged',
    cure: { zh: '从备份恢复', en: 'Restore it from a backup' },
  },
  KEYS_SEAL_BROKEN: {
    zh: '一个封存的值无法打开:被改动、被移动过,或密钥不符',
    en: 'A sealed value does not open: it was altered or moved, or the keys are others',
    cure: {
      zh: '确认密钥目录与数据库配套;若配套,按数据被篡改处理',
      en: 'Check that the keys belong to this database; if they do, treat it as tampering',
    },
  },
  KEYS_VERSION_UNKNOWN: {
    zh: '一个封存的值使用密钥版本 {version},当前密钥目录没有它',
    en: 'A sealed value uses key version {version}, which is not in the keys directory',
    cure: { zh: '恢复轮换之后的密钥备份', en: 'Restore the keys backup made after the last rotation' },
  },
  KEYS_BACKUP_EXISTS: {
    zh: '备份文件 {file} 已存在',
    en: 'The backup file {file} exists already',
    cure: { zh: '换一个文件名', en: 'Choose another file name' },
  },
  LEDGER_EVENT_INVALID: {
    zh: '证据事件 {event} 与目录不符:{problem}',
    en: 'Evidence event {event} does not match its catalogue: {problem}',
    cure: {
      zh: '改正事件的字段,或在 schemas/audit 中登记',
      en: 'Correct its fields, or declare them in schemas/audit',
    },
  },
  QUEUE_HANDLER_MISSING: {
    zh: '任务 {job} 没有处理者',
    en: 'Job {job} has no handler',
    cure: { zh: '用 @HandlesJob 登记一个处理者', en: 'Register one with @HandlesJob' },
  },
  QUEUE_HANDLER_DOUBLE: {
    zh: '任务 {job} 有多个处理者:{first}、{second}',
    en: 'Job {job} has more than one handler: {first}, {second}',
    cure: { zh: '只保留一个', en: 'Keep one' },
  },
  QUEUE_HANDLER_UNKNOWN: {
    zh: '{handler} 处理的任务 {job} 未登记',
    en: '{handler} handles job {job}, which is not declared',
    cure: { zh: '在 platform/queue/jobs.ts 中登记', en: 'Declare it in platform/queue/jobs.ts' },
  },
  QUEUE_JOB_ID: {
    zh: '任务 {job} 的编号不合法',
    en: 'The id of a job {job} is not allowed',
    cure: { zh: '编号须为 1–100 个字符,不含冒号与空白', en: 'An id has 1–100 characters, no colon and no white space' },
  },
  QUEUE_JOB_DATA: {
    zh: '任务 {job} 的数据只能是编号',
    en: 'The data of a job {job} may hold ids only',
    cure: { zh: '只传编号,其余由任务自己读取', en: 'Pass ids; let the job read the rest' },
  },
  QUEUE_UNREACHABLE: {
    zh: '任务队列 {backend} 无法连接',
    en: 'The job queue ({backend}) cannot be reached',
    cure: { zh: '检查数据库或 REDIS_URL', en: 'Check the database or REDIS_URL' },
  },
});
