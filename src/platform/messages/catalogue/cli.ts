import { defineMessages } from '../define.js';

export const cliMessages = defineMessages({
  DATA_DIR_UNWRITABLE: {
    zh: '数据目录 {file} 不可写',
    en: 'The data directory {file} cannot be written',
    cure: {
      zh: '修改权限,或用 ISTHMUS_DATA_DIR 指定其他目录',
      en: 'Change its permissions, or choose another with ISTHMUS_DATA_DIR',
    },
  },
  PORT_TAKEN: {
    zh: '端口 {host}:{port} 已被占用',
    en: 'Port {host}:{port} is taken',
    cure: {
      zh: '停止占用它的程序,或换一个端口:PORT=3001 npm start',
      en: 'Stop the program that uses it, or choose another: PORT=3001 npm start',
    },
  },
  PORT_REFUSED: {
    zh: '系统不允许本用户使用端口 {host}:{port}',
    en: 'The system does not let this user have port {host}:{port}',
    cure: { zh: '换一个 1024 以上的端口:PORT=3001 npm start', en: 'Choose one above 1024: PORT=3001 npm start' },
  },
  HOST_UNKNOWN: {
    zh: '本机没有地址 {host}',
    en: 'This machine has no address {host}',
    cure: {
      zh: '改正 ISTHMUS_HOST(默认 127.0.0.1;0.0.0.0 为全部地址)',
      en: 'Correct ISTHMUS_HOST (default 127.0.0.1; 0.0.0.0 for all addresses)',
    },
  },
  LINK_STALLED: {
    zh: '关联没有进展,居民数据暂不完整;程序继续运行并会再试',
    en: 'Linking does not move, so residents are incomplete for now; the program goes on and will try again',
    cure: { zh: '查看 {file}/isthmus.log 中的 job-failed', en: 'Look for job-failed in {file}/isthmus.log' },
  },
  DATABASE_LENDER_GONE: {
    zh: '借出数据库的程序(进程 {pid})已结束,本工作进程随之停止',
    en: 'The program that lent its database (process {pid}) has ended, so this worker stops',
    cure: { zh: '先执行 npm start,再启动工作进程', en: 'Run npm start first, then this worker' },
  },
  ALREADY_RUNNING: {
    zh: '同一数据目录上已有一个程序在运行(进程 {pid} {url})',
    en: 'A program runs on this data directory already (process {pid} {url})',
    cure: {
      zh: '直接使用它,或先停止它;另开一份请指定其他 ISTHMUS_DATA_DIR 与 PORT',
      en: 'Use it, or stop it first; for another one choose ISTHMUS_DATA_DIR and PORT',
    },
  },
  TOWN_OTHER: {
    zh: '{file} 里已有另一个示范镇(种子 {seed},{people} 人),与设置(种子 {wantedSeed},{wantedPeople} 人)不同',
    en: '{file} holds another demo town (seed {seed}, {people} people) than the settings ask for (seed {wantedSeed}, {wantedPeople} people)',
    cure: {
      zh: '把 ISTHMUS_TOWN_PEOPLE 和 ISTHMUS_TOWN_SEED 设回原值;或执行 npx --no-install isthmus town remove --yes 与 reset --yes 后重来',
      en: 'Set ISTHMUS_TOWN_PEOPLE and ISTHMUS_TOWN_SEED back; or run npx --no-install isthmus town remove --yes and reset --yes and begin anew',
    },
  },
  TOWN_FAILED: {
    zh: '示范镇没有启动成功:{lines}',
    en: 'The demo town did not start: {lines}',
    cure: {
      zh: '检查 ISTHMUS_TOWN_DIR 可写;或执行 npx --no-install isthmus town remove --yes 后重试;或设 ISTHMUS_DEMO=off',
      en: 'See that ISTHMUS_TOWN_DIR can be written; or run npx --no-install isthmus town remove --yes and try again; or set ISTHMUS_DEMO=off',
    },
  },
  CLI_USAGE: {
    zh: '命令行有误:{problem}',
    en: 'The command line is wrong: {problem}',
    cure: { zh: '在命令后加 --help 查看用法', en: 'Add --help to the command to see its usage' },
  },
  CLI_DURATION: {
    zh: '“{given}”不是时长',
    en: '"{given}" is not a duration',
    cure: { zh: '写成 30s、5m、1h 或 90d', en: 'Write 30s, 5m, 1h or 90d' },
  },
  CLI_PAIR: {
    zh: '{option} 的写法应为 名字=值',
    en: '{option} takes name=value',
    cure: { zh: '例如 {option} {example}', en: 'For example {option} {example}' },
  },
  CLI_SECRET_PLAIN: {
    zh: '设置 {setting} 是秘密,不能写在命令行上(会留在历史记录里)',
    en: 'The setting {setting} is a secret and may not stand on the command line (it would stay in the history)',
    cure: {
      zh: '写入只有自己可读的文件,用 --secret {setting}=@文件;或 --secret {setting}=env:变量名',
      en: 'Put it into a file only you can read: --secret {setting}=@file; or --secret {setting}=env:VARIABLE',
    },
  },
  CLI_NOT_SECRET: {
    zh: '设置 {setting} 不是秘密,会以明文保存并显示',
    en: 'The setting {setting} is no secret: it is stored and shown in the clear',
    cure: { zh: '用 --set {setting}=值', en: 'Use --set {setting}=value' },
  },
  CLI_FILE_UNREADABLE: {
    zh: '文件 {file} 无法读取',
    en: 'The file {file} cannot be read',
    cure: { zh: '检查路径与权限', en: 'Check its path and permissions' },
  },
  CLI_VARIABLE_EMPTY: {
    zh: '环境变量 {variable} 没有值',
    en: 'The environment variable {variable} has no value',
    cure: { zh: '先设置它再执行命令', en: 'Set it and run the command again' },
  },
  CLI_SETTINGS: {
    zh: '数据源 {source} 的设置有 {count} 处不对',
    en: 'The settings of source {source} are wrong (problems: {count})',
    cure: { zh: '按下列各项改正', en: 'Correct each of them as it says' },
  },
  CLI_ADAPTER_UNKNOWN: {
    zh: '没有适配器 {adapter}',
    en: 'There is no adapter {adapter}',
    cure: {
      zh: '用随附的 {bundled},或给出含 manifest.yaml 的目录',
      en: 'Use a bundled one ({bundled}) or name a directory that holds manifest.yaml',
    },
  },
  CLI_SOURCE_ID: {
    zh: '“{given}”不能作数据源编号',
    en: '"{given}" cannot be the id of a source',
    cure: {
      zh: '用小写字母开头,只含小写字母、数字和连字符,不超过 40 个字符',
      en: 'Begin with a lower-case letter; use lower-case letters, digits and hyphens, 40 at the most',
    },
  },
  CLI_YES_NEEDED: {
    zh: '{what}需要确认',
    en: '{what} must be confirmed',
    cure: { zh: '确实要做时加 --yes', en: 'Add --yes when you mean it' },
  },
  CLI_STILL_RUNNING: {
    zh: '程序正在运行(进程 {pid}),不能重置',
    en: 'The program runs (process {pid}); nothing was reset',
    cure: { zh: '先停止它(Ctrl-C),再执行', en: 'Stop it first (Ctrl-C), then run this again' },
  },
  CLI_RESET_REFUSED: {
    zh: '{file} 不像 Isthmus 的数据目录,没有删除任何内容',
    en: '{file} does not look like a data directory of Isthmus; nothing was deleted',
    cure: { zh: '检查 ISTHMUS_DATA_DIR', en: 'Check ISTHMUS_DATA_DIR' },
  },
  CLI_NOT_RUNNING: {
    zh: '程序没有在运行({file})',
    en: 'The program does not run ({file})',
    cure: {
      zh: '先在另一个终端执行 npm start,或用 --url 指定地址',
      en: 'Run npm start in another terminal first, or name its address with --url',
    },
  },
  CLI_NO_ANSWER: {
    zh: '{url} 没有应答',
    en: '{url} does not answer',
    cure: { zh: '检查地址、网络和程序是否在运行', en: 'Check the address, the network and whether the program runs' },
  },
  CLI_ANSWER_UNREADABLE: {
    zh: '{url} 的应答不是 GraphQL(HTTP {status})',
    en: '{url} did not answer with GraphQL (HTTP {status})',
    cure: { zh: '检查地址,应以 /graphql 结尾或不带路径', en: 'Check the address: it ends in /graphql or has no path' },
  },
  CLI_TOKEN_NEEDED: {
    zh: '没有令牌:找不到演示账号 {file}',
    en: 'There is no token: no demo credentials in {file}',
    cure: {
      zh: '用 --token @文件;签发:isthmus token issue --role department --unit … --person …',
      en: 'Use --token @file; issue one with: isthmus token issue --role department --unit … --person …',
    },
  },
  CATALOGUE_UNKNOWN: {
    zh: '目录中没有 {code}',
    en: 'The catalogue has no {code}',
    cure: {
      zh: '用 isthmus catalogue list 查看信息资源代码',
      en: 'See the resource codes with: isthmus catalogue list',
    },
  },
  CLI_DEMO_ROLE: {
    zh: '演示账号中没有 {role}',
    en: 'The demo credentials have no {role}',
    cure: { zh: '可用:{roles}', en: 'Use one of: {roles}' },
  },
  CLI_QUERY_WHAT: {
    zh: '要查什么,请恰好给出一项',
    en: 'Say exactly once what to ask for',
    cure: {
      zh: '--resident <编号> | --name <姓名前缀> | --id-number - | --household <编号> | --graphql <文档>',
      en: '--resident <id> | --name <prefix> | --id-number - | --household <id> | --graphql <document>',
    },
  },
  CLI_ID_NUMBER_OPTION: {
    zh: '{option} 中有形似证件号码的数字(会留在历史记录、进程列表和证据里)',
    en: '{option} holds a number shaped like an ID number (it would stay in the history, the process list and the evidence)',
    cure: {
      zh: '事项编号用案卷号;按号码查询用 isthmus query --id-number - < 文件',
      en: 'Use the number of the file on the desk as the case; to ask by number: isthmus query --id-number - < file',
    },
  },
  CLI_ID_NUMBER_ARGUMENT: {
    zh: '命令行上不能出现证件号码(会留在历史记录和进程列表里)',
    en: 'An ID number may not stand on the command line (it would stay in the history and the process list)',
    cure: {
      zh: '从标准输入给出:isthmus query --id-number - < 文件',
      en: 'Give it on standard input: isthmus query --id-number - < file',
    },
  },
  CLI_ID_NUMBER_EMPTY: {
    zh: '标准输入中没有号码',
    en: 'There is no number on standard input',
    cure: { zh: '例如:isthmus query --id-number - < 文件', en: 'For example: isthmus query --id-number - < file' },
  },
  CLI_VARIABLES: {
    zh: '--variables 不是 JSON 对象',
    en: '--variables is not a JSON object',
    cure: {
      zh: '例如 --variables \'{"id": "…"}\',或 --variables @文件',
      en: 'For example --variables \'{"id": "…"}\', or --variables @file',
    },
  },
  CLI_TOWN_MISSING: {
    zh: '没有示范镇({file})',
    en: 'There is no demo town ({file})',
    cure: { zh: '执行 npm start 会建立它', en: 'npm start makes one' },
  },
  DOCTOR_DISK: {
    zh: '数据目录所在磁盘只剩 {free} MB',
    en: 'The disk of the data directory has {free} MB left',
    cure: { zh: '腾出空间,或用 ISTHMUS_DATA_DIR 换一块磁盘', en: 'Free some space, or move with ISTHMUS_DATA_DIR' },
  },
  DOCTOR_KEYS_NEW: {
    zh: '还没有密钥(首次启动时生成)',
    en: 'There are no keys yet (the first start makes them)',
    cure: { zh: '执行 npm start', en: 'Run npm start' },
  },
  DOCTOR_KEYS_BACKUP: {
    zh: '密钥没有最新备份({state});丢失密钥即丢失全部证件号码',
    en: 'The keys have no current backup ({state}); to lose them is to lose every identifier',
    cure: {
      zh: 'npx --no-install isthmus keys backup <文件>,并把文件离线保存',
      en: 'npx --no-install isthmus keys backup <file>, and keep the file off this machine',
    },
  },
  DOCTOR_DATABASE_NEW: {
    zh: '还没有数据库(首次启动时建立)',
    en: 'There is no database yet (the first start makes it)',
    cure: { zh: '执行 npm start', en: 'Run npm start' },
  },
  DOCTOR_DATABASE: {
    zh: '数据库连接失败({reason})',
    en: 'The database cannot be reached ({reason})',
    cure: {
      zh: '检查 ISTHMUS_DATABASE_URL 与数据库是否在运行',
      en: 'Check ISTHMUS_DATABASE_URL and whether the database runs',
    },
  },
  DOCTOR_MIGRATIONS: {
    zh: '有 {count} 个数据库迁移尚未执行',
    en: '{count} migrations have not been applied',
    cure: { zh: 'npx --no-install isthmus db migrate', en: 'npx --no-install isthmus db migrate' },
  },
  DOCTOR_CLOCK: {
    zh: '本机时钟与数据库相差 {seconds} 秒',
    en: 'The clocks of this machine and the database differ by {seconds} s',
    cure: { zh: '校准时钟(NTP)', en: 'Set the clocks right (NTP)' },
  },
  DOCTOR_PORT: {
    zh: '端口 {host}:{port} 被别的程序占用',
    en: 'Port {host}:{port} is used by another program',
    cure: { zh: '停止它,或换端口:PORT=3001 npm start', en: 'Stop it, or choose another: PORT=3001 npm start' },
  },
  DOCTOR_NOT_READY: {
    zh: '程序在运行,但尚未就绪(HTTP {status})',
    en: 'The program runs but is not ready (HTTP {status})',
    cure: { zh: '查看其输出;数据库恢复后会自行就绪', en: 'Read its output; it recovers with its database' },
  },
  DOCTOR_SOURCE_STATE: {
    zh: '数据源 {source} 的状态为 {state}',
    en: 'Source {source} is {state}',
    cure: {
      zh: 'npx --no-install isthmus source status {source} 查看原因',
      en: 'npx --no-install isthmus source status {source} shows why',
    },
  },
  DOCTOR_SOURCE_EMPTY: {
    zh: '数据流 {stream} 没有给出任何记录',
    en: 'Stream {stream} gave no record',
    cure: { zh: '确认来源确实为空', en: 'Make sure that the source is really empty' },
  },
  DOCTOR_SOURCE_ROWS: {
    zh: '数据流 {stream} 的首页有 {refused}/{read} 条不能映射(首个原因 {first})',
    en: '{refused} of {read} records on the first page of stream {stream} cannot be mapped (first reason {first})',
    cure: {
      zh: 'npx --no-install isthmus adapter preview 查看逐条原因',
      en: 'npx --no-install isthmus adapter preview shows each reason',
    },
  },
});
