import { purposeNamed } from './session.js';

/** Word, tone and mark of the states of a source and of a run: never colour alone. */
export const SOURCE_STATES = {
  OK: ['正常', 'good', '✔'],
  STALE: ['滞后', 'warn', '◔'],
  DOWN: ['不可用', 'bad', '✘'],
  HELD: ['已暂挂', 'warn', '‖'],
  SUSPENDED: ['已停用', 'bad', '■'],
  NEVER_SYNCED: ['未同步', 'idle', '○'],
};
export const RUN_STATES = {
  QUEUED: ['等待', 'idle', '○'],
  RUNNING: ['运行中', 'busy', '◔'],
  SUCCEEDED: ['成功', 'good', '✔'],
  PARTIAL: ['部分成功', 'warn', '◐'],
  FAILED: ['失败', 'bad', '✘'],
  HELD: ['已暂挂', 'warn', '‖'],
  CANCELLED: ['已取消', 'idle', '■'],
};
export const DECISIONS = {
  ALLOW: ['放行', 'good', '✔'],
  MASK: ['放行(有脱敏)', 'good', '✔'],
  DENY: ['拒绝', 'bad', '✘'],
  ERROR: ['出错', 'warn', '◐'],
};
const SOURCES = { police: '户籍', civil: '民政', property: '物业', telecom: '电信' };
const DOMAINS = { police: '公安户籍', 'civil-affairs': '民政', property: '物业管理', telecom: '电信运营' };
const MODES = { snapshotDiff: '快照比对', full: '全量', incremental: '增量', periodReplace: '按期替换' };
const ORIGINS = { source: '来源', mapping: '映射', policy: '规则', gateway: '网关' };
const ROLES = {
  department: '部门经办',
  vendor: '厂商',
  auditor: '审计',
  supervisor: '监管',
  steward: '数源单位',
  operator: '运维',
};

export const sourceName = (id) => SOURCES[id] ?? id;
export const domainName = (domain) => DOMAINS[domain] ?? domain;
export const modeName = (mode) => MODES[mode] ?? mode;
export const originName = (origin) => ORIGINS[origin] ?? origin;
export const roleName = (role) => ROLES[role] ?? role ?? '自有令牌';

const ACCESS = { MASKED: '已脱敏', GENERALISED: '已概化', VERIFY_ONLY: '只可核验', WITHHELD: '不提供' };
const STATES = {
  EMPTY: '登记为空',
  ABSENT: '无来源提供',
  MASKED_AT_SOURCE: '来源已脱敏',
  PLACEHOLDER: '占位值',
  SOURCE_UNAVAILABLE: '来源不可用',
};
/** The same states at length, for the reason behind the word. */
const STATE_REASONS = {
  EMPTY: '来源把这一项登记为空',
  ABSENT: '接入的来源都没有提供这一项',
  MASKED_AT_SOURCE: '来源交来的值本身就是脱敏的',
  PLACEHOLDER: '来源填的是占位值,不是真实内容',
  SOURCE_UNAVAILABLE: '能提供它的来源当前不可用,不能判断有没有',
};
const RULES = {
  'identifier-never-in-full': '证件号码一律不出全号,只留首尾供核对',
  'purpose-does-not-name-field': '所选用途没有列明这一敏感字段',
  'purpose-does-not-name-record': '所选用途不涉及这一类记录',
  'level-not-granted': '授权不含这一级别的字段',
  'grant-missing': '本单位没有覆盖该用途的授权',
  'purpose-missing': '没有声明用途',
  'purpose-unknown': '声明的用途不在目录内',
  'case-missing': '没有填写依据文号',
  'not-shared': '数源单位规定该字段不共享',
  'no-level': '该字段没有定级,默认不提供',
  'no-source': '没有接入能提供它的来源',
  'masked-now': '来源现在只给脱敏值,这里保留先前读到的完整值',
  'subgraph-unreachable': '提供它的子系统没有应答',
};

/** What the lock of a value says: what was done to it, why, and what would open it. */
export function lockText({ access, state, rule, level, stale, asOf, unlock }, time) {
  const parts = [];
  if (ACCESS[access]) parts.push(`${ACCESS[access]}(规则 ${rule}${level ? `,第 ${level} 级` : ''})`);
  if (STATE_REASONS[state]) parts.push(STATE_REASONS[state]);
  if (RULES[rule]) parts.push(RULES[rule]);
  if (stale) parts.push(`可能已过时,截至 ${time(asOf)}`);
  if (ACCESS[access]) parts.push(unlockText(unlock));
  return `${parts.join('。')}。`;
}

function unlockText(unlock) {
  if (!unlock) return '没有可申请的解锁途径';
  if (unlock.startsWith('purpose=')) {
    const names = unlock
      .slice(8)
      .split(',')
      .map((code) => `「${purposeNamed(code)?.title ?? code}」`);
    return `需要时改用用途${names.join('或')}`;
  }
  const words = { purpose: '先声明用途', case: '先填写依据文号', grant: '向数源单位申请授权', token: '先选择身份' };
  return words[unlock] ?? `解锁条件:${unlock}`;
}

/** The short word beside a value: what a reader must know without opening the lock. */
export function shortLock({ access, state, stale }) {
  if (ACCESS[access]) return ACCESS[access];
  if (state && STATES[state]) return STATES[state];
  return stale ? '可能已过时' : '';
}

const CONFLICT_REASONS = { authority: '取权威来源', freshness: '取较新的来源', only: '唯一来源' };
export const conflictReason = (reason) => CONFLICT_REASONS[reason] ?? reason;

/** `资格核对(assistance-eligibility)`; a dash where none was declared. */
export const purposeText = (code) => (code ? (purposeNamed(code)?.title ?? code) : '—');
