import { ask } from '../lib/api.js';
import { RUN_DOCUMENT, RUNS_DOCUMENT, START_DOCUMENT } from '../lib/documents.js';
import { announce, fill, h, labelled } from '../lib/dom.js';
import { count, when } from '../lib/format.js';
import { listen, mayAsk, readerOf, session, whoAsks } from '../lib/session.js';
import { modeName, RUN_STATES, sourceName } from '../lib/words.js';
import { errorList, readAs, whileBusy } from '../parts/notices.js';
import { statement } from '../parts/statement.js';
import { badge, table } from '../parts/table.js';
import { refreshSources } from '../parts/source-strip.js';

const PAGE = 12;
const FOLLOW_MS = 5_000;

/** Runs of the sources, and the statement of each with both balances. @returns the page and what opens a part of it. */
export function runsPage() {
  const source = h('select', {});
  const results = h('div', { class: 'results', tabindex: '-1', 'aria-label': '同步记录' });
  const startBox = h('div', { class: 'row' });
  let following = 0;
  const page = h(
    'div',
    { class: 'one-column' },
    h(
      'section',
      { class: 'card' },
      h('h2', {}, '数据源与同步'),
      h('div', { class: 'row' }, labelled('数据源', source), startBox),
    ),
    results,
  );
  source.addEventListener(
    'change',
    () => (location.hash = source.value ? `#/runs/of/${encodeURIComponent(source.value)}` : '#/runs'),
  );
  listen((keys) => {
    if (keys.has('sources')) drawSources();
    if (keys.has('current') && page.isConnected) void list(source.value);
  });
  drawSources();
  return { page, show };

  /** `[]` = all · `['of', source]` · `[run]` */
  function show([first, second]) {
    clearTimeout(following);
    if (first && first !== 'of') return one(first);
    drawSources();
    source.value = second ?? '';
    if (source.selectedIndex < 0) source.value = '';
    return list(second ?? '');
  }

  function drawSources() {
    const chosen = source.value;
    fill(
      source,
      h('option', { value: '' }, '全部'),
      session.sources.map(({ id }) => h('option', { value: id }, `${sourceName(id)} ${id}`)),
    );
    source.value = chosen;
    fill(startBox, session.sources.filter(({ id }) => id === chosen).map(startButton));
  }

  function startButton({ id }) {
    if (!mayAsk(whoAsks(), 'Mutation.startSync'))
      return h('p', { class: 'hint' }, '立即同步由厂商、监管或运维身份发起。');
    const button = h('button', { type: 'button', class: 'secondary' }, `立即同步${sourceName(id)}`);
    button.addEventListener('click', async () => {
      const answer = await ask(START_DOCUMENT, { source: id }, { personal: false });
      announce(answer.errors?.length ? '未能发起同步' : '已发起同步');
      if (answer.errors?.length) fill(results, errorList(answer.errors));
      else await list(id);
    });
    return button;
  }

  async function asked(document, variables) {
    const reader = readerOf('Query.syncRuns');
    if (!reader)
      return {
        note: h(
          'p',
          { class: 'notice notice-info' },
          '当前身份不能查看同步记录;可以的身份:数源单位、厂商、审计、监管、运维。',
        ),
        answer: null,
      };
    const answer = await ask(document, variables, { as: reader, personal: false });
    return { note: reader === whoAsks() ? null : readAs(reader, '所选身份不能查看同步记录。'), answer };
  }

  async function list(id, after = null) {
    clearTimeout(following);
    drawSources();
    const draw = async () => {
      const { note, answer } = await asked(RUNS_DOCUMENT, { source: id || null, first: PAGE, after });
      if (!answer) return note;
      if (answer.errors?.length) return [note, errorList(answer.errors)];
      const { nodes, pageInfo } = answer.data.syncRuns;
      if (nodes.some(({ state }) => state === 'RUNNING' || state === 'QUEUED'))
        following = setTimeout(() => void follow(id, after), FOLLOW_MS);
      return [note, runsTable(nodes, pageInfo, (cursor) => list(id, cursor))];
    };
    await whileBusy(results, '正在读取 …', draw);
  }

  /** While something runs the list reads itself again, as long as somebody looks. */
  async function follow(id, after) {
    if (!page.isConnected || document.hidden) return;
    await Promise.all([list(id, after), refreshSources()]);
  }

  async function one(id) {
    await whileBusy(results, '正在读取 …', async () => {
      const { note, answer } = await asked(RUN_DOCUMENT, { id });
      if (!answer) return note;
      const run = answer.data?.syncRun;
      return [
        h('p', {}, h('a', { href: run ? `#/runs/of/${encodeURIComponent(run.source)}` : '#/runs' }, '← 返回同步记录')),
        note,
        errorList(answer.errors),
        run
          ? statement(run)
          : answer.errors?.length
            ? null
            : h('p', { class: 'notice notice-info' }, '没有这一次同步。'),
      ];
    });
    results.focus();
  }
}

function runsTable(nodes, pageInfo, more) {
  if (nodes.length === 0)
    return h('p', { class: 'notice notice-info' }, '还没有同步记录。数据源接入后按计划同步,也可以立即同步。');
  const number = (title) => ({ title, class: 'number' });
  const columns = [
    '编号',
    '来源 / 数据流',
    '方式',
    '状态',
    '开始',
    number('读取'),
    number('入库'),
    number('未变'),
    number('隔离'),
    number('跳过'),
    '两个平衡',
  ];
  // What has not begun has counted nothing: no 0 that looks like a result.
  const counted = (run, value) => (run.startedAt ? count(value) : '—');
  const rows = nodes.map((run) => [
    h('a', { href: `#/runs/${run.id}` }, `#${run.id}`, h('span', { class: 'visually-hidden' }, ' 的对账单')),
    `${sourceName(run.source)} / ${run.stream}`,
    modeName(run.mode),
    badge(RUN_STATES[run.state]),
    when(run.startedAt),
    counted(run, run.counts.read),
    counted(run, run.counts.created + run.counts.updated + run.counts.revived),
    counted(run, run.counts.unchanged),
    counted(run, run.counts.quarantined),
    counted(run, run.counts.skipped),
    run.balanced === null ? '—' : badge(run.balanced ? ['平衡', 'good', '✔'] : ['不平衡', 'bad', '✘']),
  ]);
  const next = h('button', { type: 'button', class: 'secondary' }, '更早的');
  next.addEventListener('click', () => void more(pageInfo.endCursor));
  return h(
    'section',
    { class: 'card' },
    table('同步记录', columns, rows),
    pageInfo.hasNextPage ? h('div', { class: 'row pager' }, next) : null,
  );
}
