import { blocksOf, textOf } from '../lib/answer.js';
import { h } from '../lib/dom.js';
import { shortWhen, when } from '../lib/format.js';
import { session } from '../lib/session.js';
import { lockButton } from '../lib/tip.js';
import { conflictReason, lockText, shortLock, sourceName } from '../lib/words.js';
import { table, wideTable } from './table.js';

/** An answer as cards: every value with its source, its as-of time and its lock. */
export function answerView(answer, { actions } = {}) {
  return h(
    'div',
    { class: 'cards' },
    blocksOf(answer, session.facts).map((block) => {
      if (block.kind === 'record') return recordCard(block, actions);
      if (block.kind === 'list') return listCard(block);
      return nothingCard(block);
    }),
  );
}

const COLUMNS = [
  { title: '字段', class: 'name' },
  { title: '值', class: 'value' },
  { title: '来源', class: 'from' },
  { title: '截至', class: 'as-of' },
  { title: '锁 / 说明', class: 'why' },
];

function recordCard({ title, entity, id, lines, absent, locks = [] }, actions) {
  return h(
    'section',
    { class: `card record record-${entity ?? 'plain'}` },
    h('div', { class: 'card-head' }, h('h3', {}, title || '结果'), locks.map(lockOf), actions?.(entity, id)),
    lines.length
      ? table(`${title}:字段、值、来源、截至时间与说明`, COLUMNS, lines.map(lineCells), { class: 'lines' })
      : null,
    absent.length ? h('p', { class: 'absent' }, '没有来源提供:', absent.join('、')) : null,
  );
}

function lineCells(line) {
  const { label, text, source, adapterVersion, asOf, observedAt, locks, conflict, value } = line;
  const withheld = locks.some(({ access }) => access === 'WITHHELD');
  return [
    label,
    h('span', { class: value === null ? 'void' : 'datum' }, withheld ? '(不提供)' : text),
    source
      ? h('span', { class: 'tag', title: adapterVersion ? `适配器版本 ${adapterVersion}` : null }, sourceName(source))
      : '',
    asOf ? h('time', { datetime: asOf, title: observedAt ? `读取于 ${when(observedAt)}` : null }, shortWhen(asOf)) : '',
    [locks.map(lockOf), conflict ? conflictMark(line) : null],
  ];
}

/** Lock and reason of one disclosure entry; yellow where the value may be old. */
function lockOf(entry) {
  const locked = entry.access !== 'SHOWN';
  const old = entry.stale || entry.state === 'SOURCE_UNAVAILABLE';
  return lockButton(shortLock(entry), lockText(entry, when), {
    mark: locked ? '🔒' : old ? '⚠' : 'ⓘ',
    tone: old ? 'old' : locked ? 'locked' : '',
  });
}

function conflictMark({ conflict, field }) {
  const spec = session.facts.entities.Person.fields.find(({ name }) => name === field);
  const sides = conflict.values.map(
    ({ source, value, asOf }) => `${sourceName(source)}:${textOf(value, spec, session.facts)}(${when(asOf)})`,
  );
  return lockButton(
    '来源不一致',
    `${sides.join(';')}。采用${sourceName(conflict.chosen)},依据:${conflictReason(conflict.reason)}。`,
    { mark: '≠', tone: 'conflict' },
  );
}

/** A part without content says why; nothing at all is said only where the source vouches for it. */
function nothingCard({ title, locks, value }) {
  const withheld = locks.some(({ access }) => access === 'WITHHELD');
  const away = locks.some(({ state }) => state === 'SOURCE_UNAVAILABLE');
  const words = withheld
    ? '不提供'
    : away
      ? '来源当前不可用,不能判断有没有'
      : value === null
        ? '没有'
        : '来源中没有这类记录';
  return h(
    'section',
    { class: 'card record' },
    h('div', { class: 'card-head' }, h('h3', {}, title || '结果'), locks.map(lockOf)),
    h('p', { class: away ? 'absent old-text' : 'absent' }, words, withheld ? `:${lockText(locks[0], when)}` : null),
  );
}

const LIST_WORDS = {
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
  'counts.read': '读取',
  'counts.created': '新增',
  'counts.updated': '更新',
  'counts.unchanged': '未变',
  'counts.revived': '恢复',
  'counts.quarantined': '隔离',
  'counts.skipped': '跳过',
  'counts.deletedByMessage': '按消息删除',
  'counts.deletedByAbsence': '因缺失删除',
  'counts.liveBefore': '期初存量',
  'counts.liveAfter': '期末存量',
  code: '事件',
  origin: '问题所在',
  error: '错误代码',
};
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function listCard({ title, columns, rows }) {
  const cell = (value) =>
    typeof value === 'string' && TIME.test(value) ? when(value) : textOf(value, undefined, session.facts);
  return h(
    'section',
    { class: 'card record wide' },
    h('div', { class: 'card-head' }, h('h3', {}, `${title}(${rows.length} 条)`)),
    wideTable(
      title,
      columns.map((column) => LIST_WORDS[column] ?? column),
      rows.map((row) => columns.map((column) => cell(row[column]))),
    ),
  );
}
