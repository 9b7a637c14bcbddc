import {
  checkNormaliserArgument,
  DATE_SHAPES,
  ENTITIES,
  findCodeList,
  NORMALISERS,
  validateValues,
  type EntityName,
} from '../../standard/index.js';
import type { Normalise, StandardView } from './standard-view.js';

/** Field types each normaliser's value fits; dates may stand in partial dates, never the other way round. */
const YIELDS: Readonly<Record<string, readonly string[]>> = {
  text: ['text', 'identifier'],
  name: ['text'],
  citizenId: ['identifier'],
  uscc: ['text', 'identifier'],
  phone: ['phone'],
  date: ['date', 'partialDate', 'text'],
  month: ['partialDate'],
  dateTime: ['text'],
  decimal: ['decimal'],
  integer: ['integer', 'decimal'],
  boolean: ['boolean'],
  division: ['division', 'text'],
  address: ['text'],
};

/** By-products that a mapping may take. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  citizenId: ['birthDate', 'sex'],
  address: ['addressKey', 'countyCode', 'estate', 'building', 'unit', 'floor', 'room'],
};

/** Asked several times about the same text of a record (the value and its by-products): the last answer is kept. */
const COSTLY: ReadonlySet<string> = new Set(['citizenId', 'address']);

let view: StandardView | undefined;

/** The program's own standard as mappings see it. */
export function standardOf(): StandardView {
  view ??= build();
  return view;
}

function build(): StandardView {
  const normalisers = new Map<string, Normalise>();
  for (const [name, normalise] of Object.entries(NORMALISERS))
    normalisers.set(name, COSTLY.has(name) ? rememberLast(normalise) : normalise);
  return {
    entity: (name) => {
      const found = Object.hasOwn(ENTITIES, name) ? ENTITIES[name as EntityName] : undefined;
      return found === undefined ? undefined : { name: name as EntityName, fields: found.fields };
    },
    normaliser: (name) => normalisers.get(name),
    yields: (name) => YIELDS[name],
    takes: (name) => TAKES[name] ?? [],
    argumentsOf: (name, argument) => {
      try {
        checkNormaliserArgument(name, argument);
        return null;
      } catch {
        return YIELDS[name]?.includes('date') === true || name === 'month' || name === 'dateTime' ? DATE_SHAPES : [];
      }
    },
    codes: findCodeList,
    validate: validateValues,
  };
}

function rememberLast(normalise: Normalise): Normalise {
  let lastText: string | undefined;
  let lastArgument: string | undefined;
  let last = normalise('');
  return (text, argument) => {
    if (text === lastText && argument === lastArgument) return last;
    last = normalise(text, argument);
    lastText = text;
    lastArgument = argument;
    return last;
  };
}
