import { fill, h } from '../lib/dom.js';
import { change, listen, mayAsk, session, whoAsks } from '../lib/session.js';
import { roleName } from '../lib/words.js';

/** Where the chosen identity may not ask a root field: says so before the query, and in a demo offers the one who may. */
export function roleHint(rootField) {
  const box = h('div', {});
  const draw = () => fill(box, hint(rootField));
  listen((keys) => (keys.has('current') || keys.has('people')) && draw());
  draw();
  return box;
}

function hint(rootField) {
  const person = whoAsks();
  if (!person) return h('p', { class: 'notice notice-info' }, '请先在页面上方输入访问令牌。');
  if (mayAsk(person, rootField)) return null;
  const roles = (session.facts.rootFields[rootField]?.roles ?? []).map(roleName).join('、');
  const other = session.people.findIndex((one) => mayAsk(one, rootField));
  const button =
    other < 0 ? null : h('button', { type: 'button', class: 'secondary' }, `改用「${session.people[other].person}」`);
  button?.addEventListener('click', () => change({ current: other }));
  return h(
    'div',
    { class: 'notice notice-info' },
    h('p', {}, `「${roleName(person.role)}」不能做这类查询;可以的身份:${roles}。`),
    button,
  );
}
