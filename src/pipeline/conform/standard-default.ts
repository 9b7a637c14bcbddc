import * as standardRoom from '../../standard/index.js';
import { ENTITIES, findCodeList, validateValues, type EntityName } from '../../standard/index.js';
import type { Normalise, StandardView } from './standard-view.js';

/** Typed loosely while the normalisers are being built. */
const room = standardRoom as unknown as { NORMALISERS?: Record<string, Normalise> };

let view: StandardView | undefined;

/** The program's own standard as mappings see it. */
export function standardOf(): StandardView {
  view ??= build();
  return view;
}

function build(): StandardView {
  return {
    entity: (name) => {
      const found = Object.hasOwn(ENTITIES, name) ? ENTITIES[name as EntityName] : undefined;
      return found === undefined ? undefined : { name: name as EntityName, fields: found.fields };
    },
    normaliser: (name) => (Object.hasOwn(room.NORMALISERS ?? {}, name) ? room.NORMALISERS?.[name] : undefined),
    yields: () => undefined,
    takes: () => ['birthDate', 'sex'],
    codes: findCodeList,
    validate: validateValues,
  };
}
