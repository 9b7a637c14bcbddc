import { h } from '../lib/dom.js';
import { clock } from '../lib/format.js';
import { session, whoAsks } from '../lib/session.js';
import { purposeText } from '../lib/words.js';
import { answerView } from './answer-view.js';
import { evidenceBar } from './evidence-card.js';
import { inspector } from './inspector.js';
import { errorList, staleLines } from './notices.js';
import { refreshSources } from './source-strip.js';

/**
 * Everything that belongs to one answer: for whom and what it was given, warnings, errors, the values, the GraphQL
 * behind it and the way to its evidence row. `view` replaces the cards.
 */
export async function answerPanel(answer, { query, variables, personal = true, view, actions, empty }) {
  // What a warning says of a source must not be older than the answer.
  if (personal) await refreshSources();
  const person = whoAsks();
  const { purpose, caseNo } = session;
  const found = Object.values(answer.data ?? {}).some((value) => value !== null);
  const given = [
    person && `${person.unit} · ${person.person}`,
    personal && `用途 ${purposeText(purpose)}`,
    personal && `依据 ${caseNo || '—'}`,
  ];
  return [
    h('p', { class: 'given' }, [...given.filter(Boolean), `查询于 ${clock(Date.now())}`].join(' · ')),
    staleLines(answer, { always: !found && !answer.errors?.length }),
    errorList(answer.errors),
    found
      ? view
        ? view(answer)
        : answerView(answer, { actions })
      : answer.errors?.length
        ? null
        : h('p', { class: 'notice notice-info' }, empty ?? '没有找到。'),
    evidenceBar(answer),
    inspector(query, variables, personal ? { purpose, caseNo } : {}),
  ];
}
