import { ask } from '../lib/api.js';
import { householdDocument, idNumberDocument, residentDocument, SEARCH_DOCUMENT } from '../lib/documents.js';
import { announce, fill, freshId, h, intoView, labelled } from '../lib/dom.js';
import { change, listen } from '../lib/session.js';
import { answerPanel } from '../parts/answer-panel.js';
import { whileBusy } from '../parts/notices.js';
import { missingPurpose, purposeForm } from '../parts/purpose-form.js';
import { roleHint } from '../parts/role-hint.js';
import { searchResults } from '../parts/search-results.js';

const PAGE = 20;

/** A department's page: purpose, case and a name, and never a word of GraphQL. */
export function queryPage() {
  const results = h('div', { class: 'results', tabindex: '-1', 'aria-label': '查询结果' });
  const detail = h('div', { class: 'results', tabindex: '-1', 'aria-label': '详情', hidden: true });
  const form = searchForm((by, text) => (by === 'name' ? search(text) : open(idNumberDocument(), { idNumber: text })));
  let shownHousehold = null;
  const start = () =>
    h(
      'div',
      { class: 'empty' },
      h('p', { class: 'empty-title' }, '还没有查询'),
      h('p', {}, '选好用途、填写依据文号,再输入姓名。结果中每个值都带来源、截至时间与锁的原因。'),
    );
  fill(results, start());
  // Answers belong to who asked.
  listen((keys) => {
    if (!keys.has('current')) return;
    fill(results, start());
    showList();
  });
  return h(
    'div',
    { class: 'two-columns' },
    h('aside', { class: 'card form-card' }, h('h2', {}, '查人'), roleHint('Query.residents'), form),
    h('div', {}, results, detail),
  );

  function showList() {
    detail.hidden = true;
    results.hidden = false;
  }

  async function search(name, after = null) {
    showList();
    const variables = { filter: { namePrefix: name }, first: PAGE, after };
    intoView(results);
    await whileBusy(results, '正在查询 …', async () => {
      const answer = await ask(SEARCH_DOCUMENT, variables);
      const page = answer.data?.residents;
      announce(page ? `找到 ${page.totalCount} 人` : '查询未成功');
      if (page && page.nodes.length === 0) answer.data = {};
      return answerPanel(answer, {
        query: SEARCH_DOCUMENT,
        variables,
        empty: `没有姓名以「${name}」开头的居民。可以只输入姓,或换用其他写法再试。`,
        view: () =>
          searchResults(page, answer, {
            open: openResident,
            next: (cursor) => search(name, cursor),
            first: after ? () => search(name) : null,
          }),
      });
    });
  }

  function openResident(id) {
    change({ lastResident: id });
    return open(residentDocument(), { id });
  }

  /** Shows one resident or household; the list stays behind it. */
  async function open(query, variables) {
    results.hidden = true;
    detail.hidden = false;
    const back = h('button', { type: 'button', class: 'secondary back' }, '← 返回结果列表');
    back.addEventListener('click', () => {
      showList();
      results.focus();
    });
    intoView(detail);
    await whileBusy(detail, '正在查询 …', async () => {
      const answer = await ask(query, variables);
      shownHousehold = answer.data?.household?.id ?? null;
      const one = Object.values(answer.data ?? {})[0];
      announce(one ? '已显示详情' : '没有查到详情');
      return [
        back,
        h('h2', { class: 'detail-title' }, one?.name ?? (one?.householdNo ? `户号 ${one.householdNo}` : '详情')),
        await answerPanel(answer, { query, variables, actions: householdAction, empty: '没有找到。请核对后再试。' }),
      ];
    });
    detail.focus({ preventScroll: true });
  }

  /** A household's members are other people: they are asked for only when wanted, and that leaves a row of its own. */
  function householdAction(entity, id) {
    if (entity !== 'Household' || !id || id === shownHousehold) return null;
    const button = h('button', { type: 'button', class: 'plain' }, '查看该户成员');
    button.addEventListener('click', () => {
      change({ lastHousehold: id });
      void open(householdDocument(), { id });
    });
    return button;
  }
}

/** Purpose, case and what to look for. No field has a name: should a script fail, nothing can end in an address. */
function searchForm(onSearch) {
  const by = h(
    'select',
    {},
    h('option', { value: 'name' }, '按姓名'),
    h('option', { value: 'idNumber' }, '按证件号码'),
  );
  const text = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', maxlength: '60', required: true });
  const what = labelled('姓名', text, '可只输入姓或名字的开头');
  const problem = h('p', { class: 'field-error', id: freshId('problem'), role: 'alert' });
  const form = h(
    'form',
    { class: 'stack', autocomplete: 'off', novalidate: true },
    purposeForm(),
    labelled('查询方式', by),
    what,
    problem,
    h('button', { type: 'submit', class: 'primary' }, '查询'),
  );
  by.addEventListener('change', () => {
    text.value = '';
    const named = by.value === 'name';
    what.querySelector('label').textContent = named ? '姓名' : '证件号码';
    what.querySelector('.hint').textContent = named
      ? '可只输入姓或名字的开头'
      : '须输入全号;只用来比对,不会显示、不进网址';
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wanted = text.value.trim();
    problem.textContent = missingPurpose() ?? (wanted ? '' : '请输入姓名或证件号码');
    if (problem.textContent) return;
    // A number typed in full is not left standing on the screen.
    if (by.value === 'idNumber') text.value = '';
    onSearch(by.value, wanted);
  });
  return form;
}
