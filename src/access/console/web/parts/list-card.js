import { textOf } from '../lib/answer.js';
import { h } from '../lib/dom.js';
import { when } from '../lib/format.js';
import { session } from '../lib/session.js';
import {
  DECISIONS,
  domainName,
  modeName,
  originName,
  purposeText,
  RUN_STATES,
  SOURCE_STATES,
  sourceName,
} from '../lib/words.js';
import { badge, wideTable } from './table.js';

const WORDS = {
  id: '编号',
  source: '来源',
  stream: '数据流',
  mode: '方式',
  state: '状态',
  balanced: '平衡',
  time: '时间',
  who: '人员',
  unit: '单位',
  purpose: '用途',
  case: '依据文号',
  operation: '操作',
  fields: '字段',
  subjects: '对象化名',
  decision: '决定',
  domain: '领域',
  asOf: '截至',
  lagSeconds: '滞后(秒)',
  records: '记录数',
  quarantined: '隔离',
  startedAt: '开始',
  endedAt: '结束',
  code: '事件',
  origin: '问题所在',
  error: '错误代码',
  'counts.read': '读取',
  'counts.created': '新增',
  'counts.updated': '更新',
  'counts.unchanged': '未变',
  'counts.revived': '恢复',
  'counts.deletedByMessage': '按消息删除',
  'counts.deletedByAbsence': '因缺失删除',
  'counts.quarantined': '隔离',
  'counts.skipped': '跳过',
  'counts.liveBefore': '期初存量',
  'counts.liveAfter': '期末存量',
};
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** How a column is said in words, where its bare value is a code of the gateway's own. */
const SAID = {
  source: sourceName,
  domain: domainName,
  mode: modeName,
  origin: originName,
  purpose: purposeText,
  state: (value) => badge(RUN_STATES[value] ?? SOURCE_STATES[value] ?? [value, 'idle', '']),
  decision: (value) => badge(DECISIONS[value] ?? [value, 'idle', '']),
  balanced: (value) => badge(value ? ['平衡', 'good', '✔'] : ['不平衡', 'bad', '✘']),
};

/** Objects without provenance, as runs and evidence rows, side by side in one wide table. */
export function listCard({ title, columns, rows }) {
  return h(
    'section',
    { class: 'card record wide' },
    h('div', { class: 'card-head' }, h('h3', {}, `${title}(${rows.length} 条)`)),
    wideTable(
      title,
      columns.map((column) => WORDS[column] ?? column),
      rows.map((row) => columns.map((column) => cell(column, row))),
    ),
  );
}

function cell(column, row) {
  const value = row[column];
  if (value === null || value === undefined || value === '') return '—';
  // A run is known by its stream; its number leads to its statement.
  if (column === 'id' && row.stream) return h('a', { href: `#/runs/${encodeURIComponent(value)}` }, `#${value}`);
  if (Object.hasOwn(SAID, column)) return SAID[column](value);
  const text = typeof value === 'string' && TIME.test(value) ? when(value) : textOf(value, undefined, session.facts);
  return text.length > 40 ? h('span', { title: text }, text) : text;
}
