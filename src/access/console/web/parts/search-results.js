import { h } from '../lib/dom.js';
import { count, when } from '../lib/format.js';
import { session } from '../lib/session.js';
import { lockButton } from '../lib/tip.js';
import { lockText, shortLock, sourceName } from '../lib/words.js';
import { datum, table } from './table.js';

const FIELDS = ['name', 'sex', 'birthDate', 'idNumber', 'mobile'];

/** Residents found by name, one a line; each opens its detail. */
export function searchResults(page, answer, { open, next, first }) {
  const specs = FIELDS.map((field) => session.facts.entities.Person.fields.find(({ name }) => name === field));
  const locks = (field, id) =>
    (answer.extensions?.disclosure ?? [])
      .filter(
        ({ path, ids, state, access }) =>
          path.at(-1) === field && (!ids || ids.includes(id)) && !(state === 'ABSENT' && access === 'SHOWN'),
      )
      .map((entry) =>
        lockButton('', `${shortLock(entry)}。${lockText(entry, when)}`, {
          name: `${session.facts.entities.Person.fields.find(({ name }) => name === field).title}:${shortLock(entry)}`,
          mark: entry.access === 'SHOWN' ? (entry.stale ? '⚠' : 'ⓘ') : null,
          tone: entry.stale ? 'old' : 'locked',
        }),
      );
  const rows = page.nodes.map((one) => [
    ...FIELDS.map((field, at) => [datum(one[field], specs[at]), locks(field, one.id)]),
    [...new Set(one.provenance.flatMap(({ source }) => source ?? []))].map((source) =>
      h('span', { class: 'tag' }, sourceName(source)),
    ),
    openButton(one, open),
  ]);
  return h(
    'section',
    { class: 'card' },
    h(
      'div',
      { class: 'card-head' },
      h('h2', {}, `找到 ${page.totalCountCapped ? '超过 ' : ''}${count(page.totalCount)} 人`),
      h('span', { class: 'hint' }, `本页 ${page.nodes.length} 人`),
    ),
    table(
      '查询结果',
      [...specs.map(({ title, name }) => ({ title, class: name })), '来源', { title: '操作', class: 'action' }],
      rows,
      {
        class: 'found',
      },
    ),
    h(
      'div',
      { class: 'row pager' },
      first ? pageButton('回到第一页', first) : null,
      page.pageInfo.hasNextPage ? pageButton('下一页', () => next(page.pageInfo.endCursor)) : null,
    ),
  );
}

function openButton({ id, name }, open) {
  const button = h(
    'button',
    { type: 'button', class: 'secondary', 'aria-label': `查看${name ?? '该居民'}的详情` },
    '查看',
  );
  button.addEventListener('click', () => void open(id));
  return button;
}

function pageButton(word, go) {
  const button = h('button', { type: 'button', class: 'secondary' }, word);
  button.addEventListener('click', () => void go());
  return button;
}
