/** One setting: this table is the source of the parser, of `isthmus start --help` and of the README's table. */
export interface SettingSpec {
  name: string;
  kind: 'text' | 'path' | 'integer' | 'choice' | 'url';
  fallback: string | null;
  choices?: readonly string[];
  min?: number;
  max?: number;
  secret?: boolean;
  /** Of a url: nothing else is taken. */
  schemes?: readonly string[];
  zh: string;
  en: string;
}

export const SETTINGS = [
  { name: 'PORT', kind: 'integer', fallback: '3000', min: 0, max: 65535, zh: 'HTTP 端口', en: 'HTTP port' },
  { name: 'ISTHMUS_HOST', kind: 'text', fallback: '127.0.0.1', zh: 'HTTP 监听地址', en: 'HTTP listen address' },
  { name: 'ISTHMUS_DATA_DIR', kind: 'path', fallback: '.isthmus', zh: '数据目录', en: 'data directory' },
  {
    name: 'ISTHMUS_KEYS_DIR',
    kind: 'path',
    fallback: null,
    zh: '密钥目录(默认在数据目录内)',
    en: 'keys directory (default: below the data directory)',
  },
  {
    name: 'ISTHMUS_DATABASE_URL',
    kind: 'url',
    schemes: ['postgres:', 'postgresql:'],
    fallback: null,
    secret: true,
    zh: '外部 PostgreSQL ≥ 18(需 CREATEROLE 与 BYPASSRLS)',
    en: 'external PostgreSQL ≥ 18 (needs CREATEROLE and BYPASSRLS)',
  },
  {
    name: 'REDIS_URL',
    kind: 'url',
    schemes: ['redis:', 'rediss:'],
    fallback: null,
    secret: true,
    zh: '队列改用 Redis',
    en: 'keep the queue in Redis',
  },
  {
    name: 'ISTHMUS_DEMO',
    kind: 'choice',
    fallback: 'on',
    choices: ['on', 'off'],
    zh: '没有数据源时启动示范镇',
    en: 'start the demo town when no source is configured',
  },
  {
    name: 'ISTHMUS_TOWN_DIR',
    kind: 'path',
    fallback: '.isthmus-town',
    zh: '示范镇目录',
    en: 'directory of the demo town',
  },
  {
    name: 'ISTHMUS_TOWN_PEOPLE',
    kind: 'integer',
    fallback: '3000',
    min: 10,
    max: 1_000_000,
    zh: '示范镇人口',
    en: 'people in the demo town',
  },
  {
    name: 'ISTHMUS_TOWN_SEED',
    kind: 'integer',
    fallback: '1',
    min: 0,
    max: 2_147_483_647,
    zh: '示范镇随机种子',
    en: 'seed of the demo town',
  },
  {
    name: 'ISTHMUS_ENV',
    kind: 'choice',
    fallback: 'development',
    choices: ['development', 'production'],
    zh: '运行环境;production 拒绝演示账号',
    en: 'environment; production refuses demo accounts',
  },
  {
    name: 'ISTHMUS_EXECUTOR',
    kind: 'choice',
    fallback: 'auto',
    choices: ['auto', 'hive', 'stitching'],
    zh: '联邦执行器',
    en: 'federated executor',
  },
  {
    name: 'ISTHMUS_LANG',
    kind: 'choice',
    fallback: null,
    choices: ['zh', 'en'],
    zh: '消息语言(默认中文;LANG=en… 时为英文)',
    en: 'language of messages (Chinese; English where LANG is en…)',
  },
  {
    name: 'ISTHMUS_LOG_LEVEL',
    kind: 'choice',
    fallback: 'info',
    choices: ['debug', 'info', 'warn', 'error', 'silent'],
    zh: '日志级别',
    en: 'log level',
  },
  {
    name: 'ISTHMUS_SYNC_PAGE',
    kind: 'integer',
    fallback: '5000',
    min: 1,
    max: 50_000,
    zh: '同步页大小(条)',
    en: 'records a sync page',
  },
  {
    name: 'ISTHMUS_LEASE_SECONDS',
    kind: 'integer',
    fallback: '30',
    min: 5,
    max: 600,
    zh: '同步租约(秒)',
    en: 'sync lease in seconds',
  },
  {
    name: 'ISTHMUS_WORKER_CONCURRENCY',
    kind: 'integer',
    fallback: '2',
    min: 1,
    max: 32,
    zh: '每个 worker 同时运行的数据流',
    en: 'streams a worker runs at once',
  },
  {
    name: 'ISTHMUS_CHECK_SECONDS',
    kind: 'integer',
    fallback: '30',
    min: 1,
    max: 3600,
    zh: '数据源探测间隔(秒)',
    en: 'seconds between source checks',
  },
  {
    name: 'ISTHMUS_PROBE_PORT',
    kind: 'integer',
    fallback: null,
    min: 0,
    max: 65535,
    zh: 'worker 的 /livez、/readyz、/metrics 端口(不设则不开)',
    en: 'port of a worker’s /livez, /readyz and /metrics (none unless set)',
  },
  {
    name: 'ISTHMUS_OPENLINEAGE',
    kind: 'url',
    schemes: ['file:', 'http:', 'https:'],
    fallback: null,
    secret: true,
    zh: '接收 OpenLineage 运行事件的文件(file:/…)或地址(http(s)://…)',
    en: 'file (file:/…) or address (http(s)://…) that takes OpenLineage run events',
  },
] as const satisfies readonly SettingSpec[];
