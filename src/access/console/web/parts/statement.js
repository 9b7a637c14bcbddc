import { h } from '../lib/dom.js';
import { count, when } from '../lib/format.js';
import { modeName, originName, RUN_STATES, sourceName } from '../lib/words.js';
import { badge } from './table.js';

/** A run's statement: the two balances term by term, recomputed here from what the gateway counted. */
export function statement(run) {
  const { counts: c } = run;
  const seconds = run.startedAt && run.endedAt ? (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000 : null;
  return h(
    'section',
    { class: 'card' },
    h(
      'div',
      { class: 'card-head' },
      h('h2', {}, `对账单 #${run.id} · ${sourceName(run.source)} / ${run.stream}`),
      badge(RUN_STATES[run.state]),
    ),
    h(
      'p',
      { class: 'given' },
      [
        modeName(run.mode),
        `开始 ${when(run.startedAt)}`,
        seconds === null ? null : `用时 ${seconds.toFixed(1)} 秒`,
        `适配器 ${run.adapterVersion}`,
        `映射 ${run.mappingVersion}`,
      ]
        .filter(Boolean)
        .join(' · '),
    ),
    run.error
      ? h(
          'p',
          { class: 'notice notice-bad' },
          `✘ ${run.errorText ?? ''} 代码 ${run.error}${run.origin ? `,问题在${originName(run.origin)}` : ''}`,
        )
      : null,
    balance(
      '来数平衡',
      ['读取', c.read],
      [
        ['', '新增', c.created],
        ['+', '更新', c.updated],
        ['+', '未变', c.unchanged],
        ['+', '恢复', c.revived],
        ['+', '按消息删除', c.deletedByMessage],
        ['+', '隔离', c.quarantined],
        ['+', '跳过', c.skipped],
      ],
    ),
    balance(
      '存量平衡',
      ['期末存量', c.liveAfter],
      [
        ['', '期初存量', c.liveBefore],
        ['+', '新增', c.created],
        ['+', '恢复', c.revived],
        ['−', '按消息删除', c.deletedByMessage],
        ['−', '因缺失删除', c.deletedByAbsence],
      ],
    ),
    run.skippedReasons.length
      ? h(
          'p',
          {},
          '跳过的原因:',
          run.skippedReasons.map(({ reason, count: times }) => `${reason} ${count(times)}`).join('、'),
        )
      : null,
    digests(run),
  );
}

/** `left = term + term − term`, with the verdict. */
function balance(title, [name, left], terms) {
  const known = left !== null && terms.every(([, , value]) => value !== null);
  const right = known ? terms.reduce((sum, [sign, , value]) => sum + (sign === '−' ? -value : value), 0) : null;
  const verdict = !known
    ? ['未结束', 'idle', '○']
    : left === right
      ? ['相等', 'good', '✔']
      : [`不相等,右边为 ${right}`, 'bad', '✘'];
  return h(
    'div',
    { class: 'balance' },
    h('h3', {}, title),
    h(
      'p',
      { class: 'equation' },
      term(name, left),
      h('span', { class: 'sign' }, '='),
      terms.map(([sign, word, value]) => [sign ? h('span', { class: 'sign' }, sign) : null, term(word, value)]),
      badge(verdict),
    ),
  );
}

const term = (word, value) =>
  h('span', { class: 'term' }, h('span', { class: 'term-name' }, word), ' ', h('b', {}, count(value)));

function digests({ sourceDigest, storeDigest, state }) {
  if (!sourceDigest && !storeDigest) return null;
  const equal = sourceDigest === storeDigest;
  const word = equal
    ? ['一致', 'good', '✔']
    : state === 'SUCCEEDED'
      ? ['本方式不要求一致', 'idle', '○']
      : ['不一致', 'warn', '◐'];
  return h(
    'div',
    { class: 'balance' },
    h('h3', {}, '内容摘要'),
    h(
      'dl',
      { class: 'facts' },
      [
        ['来源', sourceDigest],
        ['库存', storeDigest],
      ].map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, h('code', {}, value ?? '—')))),
    ),
    badge(word),
  );
}
