import { ask } from '../lib/api.js';
import { AUDIT_DOCUMENT } from '../lib/documents.js';
import { copyButton, fill, h } from '../lib/dom.js';
import { when } from '../lib/format.js';
import { readerOf, session, whoAsks } from '../lib/session.js';
import { DECISIONS, purposeText, sourceName } from '../lib/words.js';
import { errorList, readAs, whileBusy } from './notices.js';
import { badge } from './table.js';

/** How long one operation may take until its row stands, ms; the id of an operation carries its start. */
const WINDOW_MS = 60_000;
const PAGES = 5;

/** The bar under an answer that leads to the evidence row of exactly this query. */
export function evidenceBar(answer) {
  const operationId = answer.extensions?.operationId ?? answer.errors?.[0]?.extensions?.requestId;
  if (!operationId) return null;
  const box = h('div', { class: 'evidence-box' });
  const button = h('button', { type: 'button', class: 'secondary' }, '查看本次查询的证据行');
  button.addEventListener('click', () => whileBusy(box, '正在查找证据行 …', () => evidenceOf(operationId)));
  const sources = sourcesIn(answer.data);
  return h(
    'section',
    { class: 'card evidence-bar', 'aria-label': '本次查询的证据' },
    h(
      'div',
      { class: 'row' },
      h('p', {}, '本次查询已先留证、后返回。操作编号 ', h('code', {}, operationId)),
      copyButton('复制', () => operationId),
      button,
    ),
    sources.length
      ? h(
          'p',
          { class: 'hint' },
          '数据来自:',
          sources.map((id) =>
            h('a', { class: 'run-link', href: `#/runs/of/${encodeURIComponent(id)}` }, `${sourceName(id)}的同步记录`),
          ),
        )
      : null,
    box,
  );
}

/** Ids of the sources that the values of an answer came from. */
function sourcesIn(value, found = new Set()) {
  if (Array.isArray(value)) for (const item of value) sourcesIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    for (const { source } of Array.isArray(value.provenance) ? value.provenance : []) if (source) found.add(source);
    for (const below of Object.values(value)) sourcesIn(below, found);
  }
  return [...found].sort();
}

/** Looks the row up as whoever may read evidence. */
async function evidenceOf(operationId) {
  const reader = readerOf('Query.auditRows');
  if (!reader)
    return h(
      'p',
      { class: 'notice notice-info' },
      '当前身份不能查阅证据。把上面的操作编号交给审计人员,即可定位这一行。',
    );
  const started = parseInt(operationId.replaceAll('-', '').slice(0, 12), 16);
  const filter = { from: new Date(started - 1_000).toISOString(), until: new Date(started + WINDOW_MS).toISOString() };
  let after = null;
  for (let page = 0; page < PAGES; page++) {
    const answer = await ask(AUDIT_DOCUMENT, { filter, first: 200, after }, { as: reader, personal: false });
    if (answer.errors?.length) return errorList(answer.errors);
    const { nodes, pageInfo } = answer.data.auditRows;
    const row = nodes.find(({ body }) => JSON.parse(body).operationId === operationId);
    if (row)
      return [
        reader === whoAsks() ? null : readAs(reader, '部门自己不能查阅证据;这次查阅本身也会留下一行。'),
        evidenceRow(row),
      ];
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  return h('p', { class: 'notice notice-warn' }, '没有找到这一行证据。稍后在「审计证据」中按时间查找。');
}

/** One row of evidence: a sentence, its parts, and the bytes that will be proved. */
export function evidenceRow(row) {
  const body = JSON.parse(row.body);
  const raw = h('pre', { tabindex: '0', 'aria-label': '证据原文' }, JSON.stringify(body, null, 2));
  const parts = [
    ['谁', [row.who ?? '匿名', row.unit ? `(${row.unit})` : '']],
    ['何时', when(row.time)],
    ['用途', purposeText(row.purpose)],
    ['依据文号', row.case ?? '—'],
    ['操作', row.operation ?? '—'],
    ['决定', badge(DECISIONS[row.decision] ?? [row.decision ?? '—', 'idle', ''])],
    ['字段', fieldsText(row.fields)],
    ['对象化名', row.subjects.length ? row.subjects.map((one) => h('code', { class: 'pseudonym' }, one)) : '—'],
    ['未提供', fieldsText(body.withheld ?? [])],
    ['证据行编号', h('code', {}, row.id)],
  ];
  return h(
    'div',
    { class: 'evidence-row' },
    h('p', { class: 'sentence' }, sentence(row)),
    h(
      'dl',
      { class: 'facts' },
      parts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
    ),
    h('details', {}, h('summary', {}, '证据原文(规范化 JSON)'), fill(h('div', {}), raw)),
  );
}

/** 「19:40 街道办 张某 以『…』查询 1 人 12 项」 */
export function sentence({ time, unit, who, purpose, operation, subjects, decision, case: caseNo }) {
  const verdict = (DECISIONS[decision] ?? [decision ?? ''])[0];
  const aim = purpose ? `以「${purposeText(purpose)}」${caseNo ? `(${caseNo})` : ''}` : '';
  const about = subjects.length ? `,涉及 ${subjects.length} 人` : '';
  return `${when(time)} ${unit ?? ''} ${who ?? '匿名'} ${aim}执行 ${operation ?? '—'}${about}:${verdict}`;
}

/** Technical types say nothing of what was read about a person. */
const TECHNICAL = new Set([
  'Query',
  'Mutation',
  'Provenance',
  'Conflict',
  'ConflictValue',
  'PageInfo',
  'ResidentConnection',
  'ResidentEdge',
]);

/** `Resident.name`, `Resident.sex` → 「人员:姓名、性别」. */
function fieldsText(fields) {
  const groups = new Map();
  for (const full of fields) {
    const [type, field] = full.split('.');
    if (TECHNICAL.has(type)) continue;
    const entity = session.facts.entities[type === 'Resident' ? 'Person' : type];
    const title = entity?.fields.find(({ name }) => name === field)?.title;
    if (!title) continue;
    groups.set(entity.title, [...(groups.get(entity.title) ?? []), title]);
  }
  if (groups.size === 0) return '—';
  return h(
    'ul',
    { class: 'plain-list' },
    [...groups].map(([name, titles]) => h('li', {}, h('strong', {}, name), `:${titles.join('、')}`)),
  );
}
