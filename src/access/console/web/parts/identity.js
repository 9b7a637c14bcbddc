import { byId, fill, h, labelled } from '../lib/dom.js';
import { change, listen, session } from '../lib/session.js';
import { roleName } from '../lib/words.js';

/** Who asks: a picker of the demo's people, or a field for one's own token. */
export function startIdentity() {
  fill(byId('identity'), session.demo ? picker() : tokenForm());
}

function picker() {
  const select = h(
    'select',
    {},
    session.people.map(({ role, unit }, at) => h('option', { value: String(at) }, `${roleName(role)} · ${unit}`)),
  );
  select.value = String(session.current);
  select.addEventListener('change', () => change({ current: Number(select.value) }));
  listen((keys) => keys.has('current') && (select.value = String(session.current)));
  return labelled('演示身份', select);
}

function tokenForm() {
  const token = h('input', { type: 'password', autocomplete: 'off', spellcheck: 'false', placeholder: 'isth_…' });
  const form = h('form', { class: 'row token' }, labelled('访问令牌', token), h('button', { type: 'submit' }, '进入'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = token.value.trim();
    if (!text) return token.focus();
    change({ people: [{ role: null, unit: '自有令牌', person: '当前用户', token: text }], current: 0 });
    fill(byId('identity'), signedIn());
    byId('main').focus();
  });
  return form;
}

function signedIn() {
  const leave = h('button', { type: 'button', class: 'secondary' }, '退出');
  leave.addEventListener('click', () => {
    change({ people: [], current: -1, sources: [] });
    fill(byId('identity'), tokenForm());
  });
  return h('div', { class: 'row' }, h('span', {}, '已用自有令牌进入'), leave);
}
