import { blocksOf, textOf } from '../lib/answer.js';
import { h } from '../lib/dom.js';
import { shortWhen, when } from '../lib/format.js';
import { session } from '../lib/session.js';
import { lockButton } from '../lib/tip.js';
import { conflictReason, lockText, shortLock, sourceName } from '../lib/words.js';
import { listCard } from './list-card.js';
import { datum, table } from './table.js';

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
  { title: '值 · 锁', class: 'value' },
  { title: '来源 · 截至', class: 'from' },
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
  const { label, spec, source, adapterVersion, asOf, observedAt, locks, conflict, value } = line;
  const withheld = locks.some(({ access }) => access === 'WITHHELD');
  return [
    label,
    [
      withheld ? h('span', { class: 'void' }, '(不提供)') : datum(value, spec),
      locks.map(lockOf),
      conflict ? conflictMark(line) : null,
    ],
    [
      source
        ? h('span', { class: 'tag', title: adapterVersion ? `适配器版本 ${adapterVersion}` : null }, sourceName(source))
        : null,
      asOf
        ? h('time', { datetime: asOf, title: observedAt ? `读取于 ${when(observedAt)}` : null }, shortWhen(asOf))
        : null,
    ],
  ];
}

/** Lock and reason of one disclosure entry; yellow where the value may be old. */
function lockOf(entry) {
  const locked = entry.access !== 'SHOWN';
  const old = entry.stale || entry.state === 'SOURCE_UNAVAILABLE';
  return lockButton(shortLock(entry), lockText(entry, when), {
    mark: locked ? null : old ? '⚠' : 'ⓘ',
    tone: old ? 'old' : locked ? 'locked' : '',
  });
}

function conflictMark({ conflict, field }) {
  const spec = session.facts.entities.Person.fields.find(({ name }) => name === field);
  const sides = conflict.values.map(({ source, value, asOf }) =>
    source
      ? `${sourceName(source)}:${textOf(value, spec, session.facts)}(${when(asOf)})`
      : textOf(value, spec, session.facts),
  );
  return lockButton(
    '来源不一致',
    `${sides.join(';')}。采用${conflict.chosen ? sourceName(conflict.chosen) : '其一(用途不涉及,来源不提供)'},依据:${conflictReason(conflict.reason)}。`,
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
