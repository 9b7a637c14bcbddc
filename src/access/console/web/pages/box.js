import { ask } from '../lib/api.js';
import { AUDIT_EXAMPLE, householdDocument, residentDocument } from '../lib/documents.js';
import { announce, fill, freshId, h, intoView, labelled } from '../lib/dom.js';
import { change, listen, session } from '../lib/session.js';
import { answerPanel } from '../parts/answer-panel.js';
import { whileBusy } from '../parts/notices.js';
import { purposeForm } from '../parts/purpose-form.js';

/** What the three examples ask; each puts in a question that answers at once in a demo. */
const EXAMPLES = [
  {
    title: '一人四系统',
    text: '一位居民在户籍、物业、电信、民政中的全部登记',
    role: 'department',
    document: () => residentDocument(),
    variables: () => ({ id: session.lastResident ?? session.examples.resident ?? '填入居民编号' }),
  },
  {
    title: '一户',
    text: '一户及其成员、与户主关系',
    role: 'department',
    document: () => householdDocument(),
    variables: () => ({ id: session.lastHousehold ?? session.examples.household ?? '填入户编号' }),
  },
  {
    title: '同步与审计',
    text: '最近的同步记录与证据行(审计身份)',
    role: 'auditor',
    document: () => AUDIT_EXAMPLE,
    variables: () => ({ first: 10 }),
  },
];

/** A box for GraphQL with three examples; the answer is the same table as everywhere. */
export function boxPage() {
  const document = h('textarea', { rows: '10', spellcheck: 'false', class: 'code', autocomplete: 'off' });
  const variables = h('textarea', { rows: '3', spellcheck: 'false', class: 'code', autocomplete: 'off' });
  const problem = h('p', { class: 'field-error', id: freshId('problem'), role: 'alert' });
  const results = h('div', { class: 'results', tabindex: '-1', 'aria-label': '查询结果' });
  const form = h(
    'form',
    { class: 'stack', novalidate: true },
    labelled('查询(GraphQL)', document),
    labelled('变量(JSON)', variables, '证件号码只能放在变量里,不要写进查询语句'),
    problem,
    h('button', { type: 'submit', class: 'primary' }, '执行'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void run();
  });
  listen((keys) => keys.has('current') && fill(results));
  const examples = EXAMPLES.map((example) => {
    const button = h(
      'button',
      { type: 'button', class: 'example' },
      h('strong', {}, example.title),
      h('span', {}, example.text),
    );
    button.addEventListener('click', () => {
      choose(example.role);
      document.value = example.document();
      variables.value = JSON.stringify(example.variables(), null, 2);
      void run();
    });
    return button;
  });
  return h(
    'div',
    { class: 'two-columns' },
    h('aside', { class: 'card form-card' }, h('h2', {}, '用途与依据'), purposeForm()),
    h(
      'div',
      {},
      h(
        'section',
        { class: 'card' },
        h('h2', {}, '查询框'),
        h('p', { class: 'hint' }, '三个示例,点一下即执行;也可以改写后再执行。'),
        h('div', { class: 'examples' }, examples),
        form,
      ),
      results,
    ),
  );

  async function run() {
    let values;
    try {
      values = variables.value.trim() ? JSON.parse(variables.value) : {};
      problem.textContent = document.value.trim() ? '' : '请写下查询,或点一个示例';
    } catch {
      problem.textContent = '变量不是合法的 JSON 对象';
    }
    if (problem.textContent) return;
    const query = document.value;
    intoView(results);
    await whileBusy(results, '正在执行 …', async () => {
      const answer = await ask(query, values);
      announce(answer.errors?.length ? '查询未全部成功' : '已显示结果');
      return answerPanel(answer, { query, variables: values });
    });
  }
}

/** An example is asked as the one who may; in a demo the picker follows. */
function choose(role) {
  const at = session.people.findIndex((one) => one.role === role);
  if (at >= 0) change({ current: at });
}
