import { ask } from '../lib/api.js';
import { AUDIT_DOCUMENT } from '../lib/documents.js';
import { fill, h, labelled } from '../lib/dom.js';
import { listen, readerOf, session, whoAsks } from '../lib/session.js';
import { evidenceRow, sentence } from '../parts/evidence-card.js';
import { errorList, readAs, whileBusy } from '../parts/notices.js';

const PAGE = 50;

/** The evidence as an auditor reads it: a sentence a line, opened to its parts. */
export function evidencePage() {
  const subject = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '100' });
  const personal = h('input', { type: 'checkbox', checked: true, id: 'only-personal' });
  const results = h('div', { class: 'results', tabindex: '-1', 'aria-label': '证据' });
  const form = h(
    'form',
    { class: 'row', novalidate: true },
    labelled('对象化名', subject, '同一居民的化名始终相同;留空则不限'),
    h('div', { class: 'check' }, personal, h('label', { for: 'only-personal' }, '只看查阅居民信息的')),
    h('button', { type: 'submit', class: 'primary' }, '查阅'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void list();
  });
  const page = h(
    'div',
    { class: 'one-column' },
    h('section', { class: 'card' }, h('h2', {}, '审计证据'), form),
    results,
  );
  listen((keys) => keys.has('current') && page.isConnected && void list());
  return { page, show: () => list() };

  async function list(after = null) {
    await whileBusy(results, '正在读取 …', async () => {
      const reader = readerOf('Query.auditRows');
      if (!reader) return h('p', { class: 'notice notice-info' }, '证据只由审计身份查阅。请用审计人员的令牌进入。');
      const wanted = subject.value.trim();
      const answer = await ask(
        AUDIT_DOCUMENT,
        { filter: wanted ? { subject: wanted } : null, first: PAGE, after },
        { as: reader, personal: false },
      );
      const note = reader === whoAsks() ? null : readAs(reader, '所选身份不能查阅证据;这次查阅本身也会留下一行。');
      if (answer.errors?.length) return [note, errorList(answer.errors)];
      const { nodes, pageInfo } = answer.data.auditRows;
      const rows = personal.checked ? nodes.filter(isPersonal) : nodes;
      return [note, rowsCard(rows, nodes.length - rows.length, pageInfo, list)];
    });
  }
}

/** A row about a root field that serves personal data. */
const isPersonal = ({ operation }) =>
  (operation ?? '').split(' ').some((name) => session.facts.rootFields[`Query.${name}`]?.personal);

function rowsCard(rows, folded, pageInfo, list) {
  const next = h('button', { type: 'button', class: 'secondary' }, '更早的');
  next.addEventListener('click', () => void list(pageInfo.endCursor));
  return h(
    'section',
    { class: 'card' },
    h(
      'div',
      { class: 'card-head' },
      h('h2', {}, `${rows.length} 行`),
      folded ? h('span', { class: 'hint' }, `另有 ${folded} 行不涉及居民信息,已折起`) : null,
    ),
    rows.length
      ? h('ul', { class: 'evidence-list' }, rows.map(rowItem))
      : h('p', { class: 'absent' }, '这一页没有符合条件的行。'),
    pageInfo.hasNextPage ? h('div', { class: 'row pager' }, next) : null,
  );
}

/** The parts of a row are made when it is opened. */
function rowItem(row) {
  const box = h('div', {});
  const details = h('details', {}, h('summary', {}, sentence(row)), box);
  details.addEventListener('toggle', () => details.open && !box.firstChild && fill(box, evidenceRow(row)));
  return h('li', {}, details);
}
