import { KEY, type Compile, type Test } from './compile-context.js';
import { compileCondition } from './condition.js';
import { compileExpression, compilePath, firstPath } from './expression.js';
import { identifierOf } from './identifier-key.js';
import type { Expression, IdentifierKey, RecordDocument } from './mapping-document.js';
import { ABSENT, EMPTY, MASKED, PLACEHOLDER, REJECTED, VALUE, type Evaluate, type Outcome } from './outcome.js';
import type { Path, Row } from './path.js';
import { step } from './problems.js';
import type { EntityName } from '../../standard/index.js';
import type { ExceptionState, FieldValue, StandardRecord } from './standard-record.js';

export interface CompiledRecord {
  entity: EntityName;
  part: string;
  /** The record; null when its condition does not hold; undefined when the source record is rejected (see `out`). */
  make(row: Row, out: Outcome): StandardRecord | null | undefined;
}

const STATES: Partial<Record<number, ExceptionState>> = {
  [EMPTY]: 'EMPTY',
  [MASKED]: 'MASKED_AT_SOURCE',
  [PLACEHOLDER]: 'PLACEHOLDER',
};

/** Compiles one record of a stream; null when its entity is unknown (the problem is noted). */
export function compileRecord(
  document: RecordDocument,
  first: boolean,
  pointer: string,
  compile: Compile,
): CompiledRecord | null {
  const { standard, problems } = compile;
  const entity = standard.entity(document.entity);
  if (entity === undefined) {
    problems.add(step(pointer, 'entity'), 'MAPPING_ENTITY_UNKNOWN', { entity: document.entity });
    return null;
  }
  const when: Test | undefined =
    document.when === undefined ? undefined : compileCondition(document.when, step(pointer, 'when'), compile);
  const personKey = compilePersonKey(document.personKey, step(pointer, 'personKey'), compile);
  const area =
    document.area === undefined
      ? undefined
      : compileExpression(document.area, { name: 'area', type: 'division' }, step(pointer, 'area'), compile);
  const names: string[] = [];
  const fields: Evaluate[] = [];
  const paths = new Map<string, Path | null>();
  for (const [name, expression] of Object.entries(document.fields)) {
    const at = step(step(pointer, 'fields'), name);
    const field = entity.fields.find((candidate) => candidate.name === name);
    if (field === undefined) {
      problems.add(at, 'MAPPING_FIELD_UNKNOWN', { field: name, entity: document.entity });
      continue;
    }
    const target = { name, type: field.type, ...(field.codeList === undefined ? {} : { codeList: field.codeList }) };
    names.push(name);
    fields.push(compileExpression(expression, target, at, compile));
    paths.set(name, firstPath([expression]));
  }
  if (names.length === 0) problems.add(step(pointer, 'fields'), 'MAPPING_TOO_FEW', { option: 'fields', least: 1 });
  const part = document.part ?? (first ? '' : document.entity);
  return {
    entity: entity.name,
    part,
    make: maker(entity.name, part, { when, personKey, area, names, fields, paths }, compile),
  };
}

interface Pieces {
  when: Test | undefined;
  personKey: { evaluate: Evaluate; identifier: boolean };
  area: Evaluate | undefined;
  names: readonly string[];
  fields: readonly Evaluate[];
  paths: ReadonlyMap<string, Path | null>;
}

function maker(entity: EntityName, part: string, pieces: Pieces, compile: Compile): CompiledRecord['make'] {
  const { when, personKey, area, names, fields, paths } = pieces;
  const { validate } = compile.standard;
  const keyOf = personKey.evaluate;
  const personKeyIsIdentifier = personKey.identifier;
  const count = fields.length;
  return (row, out) => {
    if (when !== undefined && !when(row)) return null;
    const keyFound = keyOf(row, out);
    if (keyFound === REJECTED) return undefined;
    const key = keyFound === VALUE ? String(out.value) : null;
    let own = out.area;
    if (area !== undefined) {
      const found = area(row, out);
      if (found === REJECTED) return undefined;
      if (found === VALUE) own = out.value as string;
    }
    const streamArea = out.area;
    out.area = own;
    const values: Record<string, FieldValue> = {};
    let states: Record<string, ExceptionState> | null = null;
    for (let i = 0; i < count; i++) {
      const found = (fields[i] as Evaluate)(row, out);
      if (found === ABSENT) continue;
      const name = names[i] as string;
      if (found === VALUE) values[name] = out.value;
      else if (found === REJECTED) return undefined;
      else {
        states ??= {};
        states[name] = STATES[found] as ExceptionState;
        if (found === MASKED) values[name] = out.value;
      }
    }
    const wrong = validate(entity, values, states);
    if (wrong !== null) {
      out.reject(
        'MAPPING_OUT_OF_STANDARD',
        paths.get(wrong.field) ?? null,
        values[wrong.field],
        `${wrong.field}: ${wrong.rule}`,
      );
      return undefined;
    }
    out.area = streamArea;
    return { entity, part, personKey: key, personKeyIsIdentifier, area: own, values, states };
  };
}

function compilePersonKey(
  document: Expression | IdentifierKey | undefined,
  pointer: string,
  compile: Compile,
): { evaluate: Evaluate; identifier: boolean } {
  if (document === undefined) return { evaluate: () => ABSENT, identifier: false };
  if (typeof document === 'string' || !('identifier' in document))
    return { evaluate: compileExpression(document, KEY, pointer, compile), identifier: false };
  const path = compilePath(document.identifier, step(pointer, 'identifier'), compile.problems);
  return { evaluate: path === null ? () => ABSENT : identifierOf(path, compile), identifier: true };
}
