import { ask } from '../lib/api.js';
import { SOURCES_DOCUMENT } from '../lib/documents.js';
import { announce, byId, fill, h } from '../lib/dom.js';
import { clock, count, lag, shortWhen, when } from '../lib/format.js';
import { change, listen, session, whoAsks } from '../lib/session.js';
import { domainName, SOURCE_STATES, sourceName } from '../lib/words.js';
import { badge } from './table.js';

/** Every look leaves a row of evidence, so the page looks no more often than it must. */
const EVERY_MS = 15_000;
let timer = 0;
let paused = false;
let readAt = 0;
let problem = null;

/** The sources and how they stand, on every page; read again by itself until it is paused or out of sight. */
export function startSourceStrip() {
  document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : void refreshSources()));
  listen((keys) => keys.has('current') && void refreshSources());
  void refreshSources();
}

/** Reads the sources now and starts the clock anew. */
export async function refreshSources() {
  clearTimeout(timer);
  if (whoAsks()) {
    const answer = await ask(SOURCES_DOCUMENT, {}, { personal: false });
    problem = answer.errors?.[0] ?? null;
    if (!problem) {
      readAt = Date.now();
      tellChanges(session.sources, answer.data.sources);
      change({ sources: answer.data.sources });
    }
  }
  draw();
  if (!paused && !document.hidden) timer = setTimeout(() => void refreshSources(), EVERY_MS);
}

function tellChanges(before, after) {
  const known = new Map(before.map(({ id, state }) => [id, state]));
  const changed = after.filter(({ id, state }) => known.has(id) && known.get(id) !== state);
  if (changed.length)
    announce(
      changed.map(({ id, state }) => `数据源${sourceName(id)}现在${(SOURCE_STATES[state] ?? [state])[0]}`).join(';'),
    );
}

function draw() {
  const strip = byId('strip');
  if (!whoAsks()) return fill(strip, h('p', { class: 'strip-note' }, '输入访问令牌后显示数据源状态。'));
  // A drawing that replaced the button under the keyboard's focus would lose it.
  const hadFocus = strip.contains(document.activeElement) ? document.activeElement.dataset.keep : null;
  fill(
    strip,
    h('ul', { class: 'sources' }, session.sources.map(sourceItem)),
    h(
      'div',
      { class: 'strip-side' },
      problem ? h('span', { class: 'old-text' }, `状态未能刷新:${problem.message}`) : null,
      h('span', {}, readAt ? `${clock(readAt)} 更新,每 ${EVERY_MS / 1000} 秒` : ''),
      pauseButton(),
    ),
  );
  if (hadFocus) strip.querySelector(`[data-keep="${CSS.escape(hadFocus)}"]`)?.focus({ preventScroll: true });
}

function pauseButton() {
  const button = h(
    'button',
    { type: 'button', class: 'plain', 'data-keep': 'pause' },
    paused ? '继续自动刷新' : '暂停自动刷新',
  );
  button.addEventListener('click', () => {
    paused = !paused;
    if (paused) {
      clearTimeout(timer);
      draw();
    } else void refreshSources();
  });
  return button;
}

function sourceItem({ id, domain, state, asOf, lagSeconds, records, quarantined, checkedAt, adapter, adapterVersion }) {
  const [word, tone, mark] = SOURCE_STATES[state] ?? [state, 'idle', ''];
  return h(
    'li',
    { class: `source ${tone}` },
    h(
      'div',
      { class: 'source-head' },
      h(
        'a',
        {
          href: `#/runs/of/${encodeURIComponent(id)}`,
          'data-keep': id,
          title: `适配器 ${adapter} ${adapterVersion};最近探测 ${when(checkedAt)}`,
        },
        sourceName(id),
      ),
      h('span', { class: 'source-id' }, `${id} · ${domainName(domain)}`),
      badge([word, tone, mark]),
    ),
    h(
      'dl',
      { class: 'source-facts' },
      h('div', {}, h('dt', {}, '截至'), h('dd', {}, asOf ? `${shortWhen(asOf)}(${lag(lagSeconds)})` : '—')),
      h('div', {}, h('dt', {}, '记录'), h('dd', {}, count(records))),
      h('div', {}, h('dt', {}, '隔离'), h('dd', {}, count(quarantined))),
    ),
  );
}
