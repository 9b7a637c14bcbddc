import { textOf } from '../lib/answer.js';
import { h } from '../lib/dom.js';
import { session } from '../lib/session.js';

/**
 * A table that becomes cards on a narrow screen. `columns` are titles or `{title, class}`; `rows` hold one cell per
 * column, text or elements. Roles are written out, since CSS that lays a table out as blocks takes them away.
 */
export function table(caption, columns, rows, { class: name = '', captionHidden = true } = {}) {
  const heads = columns.map((column) => (typeof column === 'string' ? { title: column, class: '' } : column));
  return h(
    'div',
    { class: 'table-box' },
    h(
      'table',
      { class: `stacked ${name}`, role: 'table' },
      h('caption', { class: captionHidden ? 'visually-hidden' : '' }, caption),
      h(
        'thead',
        { role: 'rowgroup' },
        h(
          'tr',
          { role: 'row' },
          heads.map((head) => h('th', { scope: 'col', role: 'columnheader', class: head.class }, head.title)),
        ),
      ),
      h(
        'tbody',
        { role: 'rowgroup' },
        rows.map((cells) =>
          h(
            'tr',
            { role: 'row' },
            cells.map((cell, at) =>
              h(
                'td',
                { role: 'cell', class: heads[at].class, 'data-label': heads[at].title },
                h('div', { class: 'cell' }, cell),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

/** A wide table that scrolls sideways inside its own box, reachable by keyboard. */
export function wideTable(caption, columns, rows) {
  return h(
    'div',
    { class: 'table-box scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          columns.map((title) => h('th', { scope: 'col' }, title)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((cells) =>
          h(
            'tr',
            {},
            cells.map((cell) => h('td', {}, cell)),
          ),
        ),
      ),
    ),
  );
}

/** A value in words; a coded one tells its code when pointed at. */
export function datum(value, spec) {
  const coded = spec?.codes && value !== null;
  return h(
    'span',
    {
      class: `${value === null ? 'void' : 'datum'} type-${spec?.type ?? 'text'}`,
      title: coded ? `代码 ${value}` : null,
    },
    textOf(value, spec, session.facts),
  );
}

/** A state as mark, word and colour. */
export function badge([word, tone, mark] = ['—', 'idle', '']) {
  return h('span', { class: `badge ${tone}` }, h('span', { 'aria-hidden': 'true' }, mark), ` ${word}`);
}
