/**
 * What the person at the page chose, in memory only: nothing is kept in the browser, nothing stands in an address.
 * `people` are those of a demo; without one, the single entry is the token that was typed.
 */
export const session = {
  facts: null,
  demo: false,
  people: [],
  /** Index into `people`; −1 = nobody is signed in. */
  current: -1,
  purpose: '',
  caseNo: '',
  examples: { resident: null, household: null },
  /** Names a resident or household that was just seen, for the examples of the query box. */
  lastResident: null,
  lastHousehold: null,
  sources: [],
};

const listeners = new Set();

/** Changes the session and tells everyone who listens which keys changed. */
export function change(part) {
  const keys = Object.keys(part).filter((key) => session[key] !== part[key]);
  Object.assign(session, part);
  if (keys.length) for (const listener of [...listeners]) listener(new Set(keys));
}

/** Calls `listener(keys)` on every change until the returned function is called. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const whoAsks = () => session.people[session.current] ?? null;

export const purposeNamed = (code) => session.facts.purposes.find((one) => one.code === code);

/** May a role ask a root field? A token whose role is not known is tried: the gateway decides in any case. */
export function mayAsk(person, rootField) {
  if (!person) return false;
  return person.role === null || (session.facts.rootFields[rootField]?.roles.includes(person.role) ?? false);
}

/**
 * Who reads what the chosen person may not: in a demo another of its people, and the page says so. Null where there is
 * nobody.
 */
export function readerOf(rootField) {
  const person = whoAsks();
  if (mayAsk(person, rootField)) return person;
  if (!session.demo) return null;
  const readers = session.people.filter((one) => mayAsk(one, rootField));
  return readers.find((one) => one.role === 'auditor') ?? readers[0] ?? null;
}
