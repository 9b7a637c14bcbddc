import { fill, h } from '../lib/dom.js';
import { when } from '../lib/format.js';
import { session } from '../lib/session.js';
import { SOURCE_STATES, sourceName } from '../lib/words.js';
import { staleEntries } from '../lib/answer.js';

/** Errors as a person needs them: what happened, under which code, what to do. */
export function errorList(errors = []) {
  return errors.map(({ message, extensions = {} }) => {
    const { code = 'INTERNAL', reason, cure, requestId } = extensions;
    return h(
      'div',
      { class: 'notice notice-bad', role: 'alert' },
      h('p', { class: 'notice-title' }, `✘ ${message}`),
      cure ? h('p', {}, `处理办法:${cure}`) : null,
      h(
        'p',
        { class: 'small' },
        '代码 ',
        h('code', {}, reason ? `${code} / ${reason}` : code),
        requestId ? ['  请求编号 ', h('code', {}, requestId)] : null,
      ),
    );
  });
}

/** One yellow line per source that does not stand well, where the answer shows that it matters. */
export function staleLines(answer, { always = false } = {}) {
  if (!always && staleEntries(answer).length === 0) return [];
  return session.sources
    .filter(({ state }) => state !== 'OK')
    .map(({ id, state, asOf }) => {
      const word = (SOURCE_STATES[state] ?? [state])[0];
      return h(
        'p',
        { class: 'notice notice-warn', role: 'status' },
        asOf
          ? `⚠ ${sourceName(id)}(${id})${word}:以下来自它的值截至 ${when(asOf)},可能已过时。`
          : `⚠ ${sourceName(id)}(${id})${word}:目前没有它的数据,空白不等于来源没有记录。`,
      );
    });
}

/** Says plainly that another identity reads this. */
export const readAs = (person, why) =>
  h('p', { class: 'notice notice-info' }, `以「${person.person}」(${person.unit})身份读取:${why}`);

const turns = new WeakMap();

/** Fills a box with a waiting word, and with what `work` makes when it is done; of several at once the last one stays. */
export async function whileBusy(box, word, work) {
  const turn = (turns.get(box) ?? 0) + 1;
  turns.set(box, turn);
  box.setAttribute('aria-busy', 'true');
  fill(box, h('p', { class: 'waiting' }, word));
  const made = await work();
  if (turns.get(box) !== turn) return;
  fill(box, made);
  box.removeAttribute('aria-busy');
}
