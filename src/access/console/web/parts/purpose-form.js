import { fill, freshId, h, labelled } from '../lib/dom.js';
import { change, listen, purposeNamed, session } from '../lib/session.js';

/** Purpose and case: without them nothing personal is served. Shows before the query what the purpose opens. */
export function purposeForm() {
  const about = h('div', { class: 'purpose-about', id: freshId('about') });
  const purpose = h(
    'select',
    { required: true, 'aria-describedby': about.id },
    h('option', { value: '' }, '请选择 …'),
    session.facts.purposes.map(({ code, title }) => h('option', { value: code }, title)),
  );
  purpose.value = session.purpose;
  const caseNo = h('input', {
    type: 'text',
    maxlength: '100',
    autocomplete: 'off',
    value: session.caseNo,
    required: true,
  });
  purpose.addEventListener('change', () => change({ purpose: purpose.value }));
  caseNo.addEventListener('input', () => change({ caseNo: caseNo.value.trim() }));
  const tell = () => fill(about, aboutPurpose(session.purpose));
  tell();
  // Two pages hold this form: what is chosen on one holds on the other.
  listen((keys) => {
    if (keys.has('purpose')) {
      purpose.value = session.purpose;
      tell();
    }
    if (keys.has('caseNo') && caseNo.value.trim() !== session.caseNo) caseNo.value = session.caseNo;
  });
  return h(
    'div',
    { class: 'stack' },
    labelled('用途', purpose),
    about,
    labelled('依据文号', caseNo, '案件、申请或批文的编号;不要填证件号码'),
  );
}

/** What is still missing before something personal may be asked; null when nothing is. */
export function missingPurpose() {
  if (!session.purpose) return '请先选择用途';
  if (!session.caseNo) return '请先填写依据文号';
  return null;
}

function aboutPurpose(code) {
  const purpose = purposeNamed(code);
  if (!purpose) return h('p', { class: 'hint' }, '不声明用途,就没有任何个人信息。');
  const opened = purpose.fields.map((full) => {
    const [entity, field] = full.split('.');
    return session.facts.entities[entity]?.fields.find(({ name }) => name === field)?.title ?? full;
  });
  return [
    h('p', { class: 'hint' }, `依据:${purpose.basis}`),
    h(
      'p',
      { class: 'hint' },
      opened.length ? `本用途可见的敏感字段:${[...new Set(opened)].join('、')}。` : '本用途不含敏感字段。',
      '其余敏感字段不提供,证件号码始终脱敏。',
    ),
  ];
}
