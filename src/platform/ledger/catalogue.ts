import { readFileSync } from 'node:fs';
import type declared from '../../../schemas/audit/events.json';

type Declared = typeof declared;
type FieldsOf<Type extends keyof Declared['fields']> = keyof Declared['fields'][Type];

/** The kinds of evidence, from `schemas/audit/events.json`. */
export type EventCode = keyof Declared['events'];
export type EventFieldType = keyof Declared['fields'];

type ValueOf<Field> =
  Field extends FieldsOf<'text'>
    ? string
    : Field extends FieldsOf<'digest'>
      ? string | Uint8Array
      : Field extends FieldsOf<'integer'>
        ? number | bigint
        : Field extends FieldsOf<'boolean'>
          ? boolean
          : Field extends FieldsOf<'list'>
            ? readonly string[]
            : never;

type EventOf<Code extends EventCode> = { code: Code } & {
  [Field in keyof Declared['events'][Code]['required']]: ValueOf<Field>;
} & { [Field in keyof Declared['events'][Code]['optional']]?: ValueOf<Field> | null | undefined };

/** One event to be recorded: its code, the fields its kind requires, and those it may carry (null is left out). */
export type EvidenceEvent = { [Code in EventCode]: EventOf<Code> }[EventCode];

export interface EventSpec {
  zh: string;
  en: string;
  when: { zh: string; en: string };
  level: number;
  required: ReadonlySet<string>;
  optional: ReadonlySet<string>;
}

export interface Catalogue {
  types: ReadonlyMap<string, EventFieldType>;
  events: ReadonlyMap<string, EventSpec>;
}

/** Reads a catalogue. @throws Error when an event names a field that has no type: such a program must not start. */
export function parseCatalogue(text: string): Catalogue {
  const read = JSON.parse(text) as {
    fields: Record<string, Record<string, unknown>>;
    events: Record<string, EventSpec & { required: object; optional: object }>;
  };
  const types = new Map<string, EventFieldType>();
  for (const [type, fields] of Object.entries(read.fields))
    for (const field of Object.keys(fields)) {
      if (types.has(field)) throw new Error(`schemas/audit: field ${field} has two types`);
      types.set(field, type as EventFieldType);
    }
  const events = new Map<string, EventSpec>();
  for (const [code, event] of Object.entries(read.events)) {
    const [required, optional] = [new Set(Object.keys(event.required)), new Set(Object.keys(event.optional))];
    for (const field of [...required, ...optional])
      if (!types.has(field)) throw new Error(`schemas/audit: ${code} names ${field}, which is not declared`);
    events.set(code, { ...event, required, optional });
  }
  return { types, events };
}

let loaded: Catalogue | undefined;

/** The catalogue in `schemas/audit`, read once per process. */
export function catalogue(): Catalogue {
  loaded ??= parseCatalogue(readFileSync(new URL('../../../schemas/audit/events.json', import.meta.url), 'utf8'));
  return loaded;
}
