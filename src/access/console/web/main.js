import { readJson } from './lib/api.js';
import { byId, fill, h } from './lib/dom.js';
import { change, session } from './lib/session.js';
import { startTips } from './lib/tip.js';
import { boxPage } from './pages/box.js';
import { evidencePage } from './pages/evidence.js';
import { queryPage } from './pages/query.js';
import { runsPage } from './pages/runs.js';
import { startIdentity } from './parts/identity.js';
import { startSourceStrip } from './parts/source-strip.js';

/** Pages are made once: what stood on one is there again after a look at another. */
const VIEWS = {
  query: { title: '数据查询', make: () => ({ page: queryPage() }) },
  box: { title: '查询框', make: () => ({ page: boxPage() }) },
  runs: { title: '数据源与同步', make: runsPage },
  evidence: { title: '审计证据', make: evidencePage },
};
const made = new Map();
const DEMO_CASE = 'DEMO-2026-001';

/** The part after # names a page, a source or a run: never a person. */
function route() {
  const [name, ...rest] = location.hash.replace(/^#\//, '').split('/').map(decode);
  const view = Object.hasOwn(VIEWS, name) ? name : 'query';
  if (!made.has(view)) made.set(view, VIEWS[view].make());
  const { page, show } = made.get(view);
  if (page.parentNode !== byId('main'))
    fill(byId('main'), h('h1', { class: 'visually-hidden' }, VIEWS[view].title), page);
  document.title = `${VIEWS[view].title} · 地峡`;
  for (const link of byId('views').querySelectorAll('a')) {
    if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  void show?.(rest);
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** That everything is fictitious, or why the tokens of a demo were not given here. */
function banner({ error }) {
  if (session.demo) return h('p', { class: 'demo-banner' }, '演示数据:全部人员与住址均为虚构。令牌只发给本机页面。');
  return error ? h('p', { class: 'demo-banner' }, `${error.message}。${error.cure}。`) : null;
}

async function start() {
  startTips();
  const [facts, access] = await Promise.all([
    readJson('/console/facts.json'),
    readJson('/demo/credentials').catch(() => ({})),
  ]);
  const people = access.people ?? [];
  const department = people.findIndex(({ role }) => role === 'department');
  change({
    facts,
    demo: people.length > 0,
    people,
    current: people.length ? Math.max(0, department) : -1,
    examples: access.examples ?? session.examples,
    purpose: people.length ? (facts.purposes[0]?.code ?? '') : '',
    caseNo: people.length ? DEMO_CASE : '',
  });
  fill(byId('banner'), banner(access));
  fill(
    byId('views'),
    Object.entries(VIEWS).map(([name, { title }]) => h('a', { href: `#/${name}`, 'data-view': name }, title)),
  );
  startIdentity();
  startSourceStrip();
  window.addEventListener('hashchange', route);
  route();
}

start().catch(() => {
  fill(
    byId('main'),
    h(
      'div',
      { class: 'notice notice-bad', role: 'alert' },
      h('p', {}, '✘ 页面没有能启动。'),
      h('p', {}, '处理办法:确认程序仍在运行(npm start),然后重新打开本页。'),
    ),
  );
});
