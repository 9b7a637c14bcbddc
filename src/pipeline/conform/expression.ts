import type { Compile, Target } from './compile-context.js';
import { compileCondition } from './condition.js';
import { compileFinish, scalarText } from './finish.js';
import type { Expression, ExpressionDocument } from './mapping-document.js';
import { ABSENT, EMPTY, MASKED, PLACEHOLDER, REJECTED, VALUE, type Evaluate } from './outcome.js';
import { parsePath, type Path } from './path.js';
import { step, type Problems } from './problems.js';

const SOURCES = ['from', 'concat', 'coalesce', 'constant', 'test'] as const;
const ALLOWED: Record<(typeof SOURCES)[number], readonly (keyof ExpressionDocument)[]> = {
  from: ['as', 'arg', 'argFrom', 'take', 'codes', 'emptyWhen', 'onInvalid'],
  concat: ['separator', 'missing', 'as', 'arg', 'argFrom', 'take', 'codes', 'emptyWhen', 'onInvalid'],
  coalesce: [],
  constant: [],
  test: [],
};
const NOTHING: Evaluate = () => ABSENT;

/** Compiles one expression for a field of the given type; problems are collected, never thrown. */
export function compileExpression(expression: Expression, target: Target, pointer: string, compile: Compile): Evaluate {
  const document: ExpressionDocument = typeof expression === 'string' ? { from: expression } : expression;
  const { problems } = compile;
  const used = SOURCES.filter((name) => document[name] !== undefined);
  const source = used[0];
  if (source === undefined || used.length !== 1) {
    problems.add(pointer, 'MAPPING_EXPRESSION_INVALID', { found: used.join(', ') || '-' });
    return NOTHING;
  }
  for (const name of Object.keys(document) as (keyof ExpressionDocument)[]) {
    if (name !== source && name !== 'when' && !ALLOWED[source].includes(name))
      problems.add(step(pointer, name), 'MAPPING_OPTION_MISPLACED', { option: name, source });
  }
  const place = typeof expression === 'string' ? pointer : step(pointer, source);
  const evaluate = compileSource(source, document, target, pointer, place, compile);
  if (document.when === undefined) return evaluate;
  const test = compileCondition(document.when, step(pointer, 'when'), compile);
  return (row, out) => (test(row) ? evaluate(row, out) : ABSENT);
}

function compileSource(
  source: (typeof SOURCES)[number],
  document: ExpressionDocument,
  target: Target,
  pointer: string,
  /** Where the source itself stands: the pointer when a path is written short. */
  place: string,
  compile: Compile,
): Evaluate {
  switch (source) {
    case 'from':
      return compileFrom(document, target, pointer, place, compile);
    case 'concat':
      return compileConcat(document, target, pointer, compile);
    case 'coalesce':
      return compileCoalesce(document.coalesce ?? [], target, pointer, compile);
    case 'constant':
      return compileConstant(document.constant as string | number | boolean, target, pointer, compile);
    case 'test': {
      if (target.type !== 'boolean')
        compile.problems.add(step(pointer, 'test'), 'MAPPING_TYPE_WRONG', { type: target.type, given: 'boolean' });
      const test = compileCondition(document.test ?? {}, step(pointer, 'test'), compile);
      return (row, out) => {
        out.value = test(row);
        return VALUE;
      };
    }
  }
}

export function compilePath(text: string, pointer: string, problems: Problems): Path | null {
  const path = parsePath(text);
  if (path === null) problems.add(pointer, 'MAPPING_PATH_INVALID', { path: text });
  return path;
}

function compileFrom(
  document: ExpressionDocument,
  target: Target,
  pointer: string,
  place: string,
  compile: Compile,
): Evaluate {
  const path = compilePath(document.from ?? '', place, compile.problems);
  const finish = compileFinish(document, target, pointer, compile);
  if (path === null) return NOTHING;
  const { read } = path;
  return (row, out) => {
    const raw = read(row);
    if (typeof raw === 'string') return finish(raw, raw, path, row, out);
    if (raw === undefined) return ABSENT;
    if (raw === null) return EMPTY;
    const text = scalarText(raw);
    if (text === null) return out.reject('MAPPING_NOT_SCALAR', path, raw, 'notScalar');
    if (text === undefined) return out.reject('MAPPING_INVALID_VALUE', path, raw, 'digitsLost');
    return finish(text, raw, path, row, out);
  };
}

const PART: Target = { name: '', type: 'text' };

function compileConcat(document: ExpressionDocument, target: Target, pointer: string, compile: Compile): Evaluate {
  const at = step(pointer, 'concat');
  const parts = (document.concat ?? []).map((part, i) => compileExpression(part, PART, step(at, i), compile));
  if (parts.length < 2) compile.problems.add(at, 'MAPPING_TOO_FEW', { option: 'concat', least: 2 });
  const finish = compileFinish(document, target, pointer, compile);
  const path = firstPath(document.concat ?? []);
  const separator = document.separator ?? '';
  const needsAll = document.missing !== 'skip';
  return (row, out) => {
    let text = '';
    let any = false;
    let masked = false;
    for (const part of parts) {
      const found = part(row, out);
      if (found === REJECTED) return REJECTED;
      if (found === VALUE || found === MASKED) {
        text = any ? text + separator + String(out.value) : String(out.value);
        any = true;
        masked ||= found === MASKED;
      } else if (needsAll) return found;
    }
    if (!any) return ABSENT;
    if (!masked) return finish(text, text, path, row, out);
    out.value = text;
    return MASKED;
  };
}

/** First value wins; without one, a masked value before a placeholder before an empty one. */
function compileCoalesce(list: readonly Expression[], target: Target, pointer: string, compile: Compile): Evaluate {
  const at = step(pointer, 'coalesce');
  if (list.length < 2) compile.problems.add(at, 'MAPPING_TOO_FEW', { option: 'coalesce', least: 2 });
  const parts = list.map((part, i) => compileExpression(part, target, step(at, i), compile));
  return (row, out) => {
    let best: typeof ABSENT | typeof EMPTY | typeof MASKED | typeof PLACEHOLDER = ABSENT;
    let maskedValue: string | number | boolean | null = null;
    for (const part of parts) {
      const found = part(row, out);
      if (found === VALUE || found === REJECTED) return found;
      if (found === MASKED && best !== MASKED) {
        best = MASKED;
        maskedValue = out.value;
      } else if (found === PLACEHOLDER && best !== MASKED) best = PLACEHOLDER;
      else if (found === EMPTY && best === ABSENT) best = EMPTY;
    }
    if (best === MASKED) out.value = maskedValue;
    return best;
  };
}

function compileConstant(
  value: string | number | boolean,
  target: Target,
  pointer: string,
  compile: Compile,
): Evaluate {
  const at = step(pointer, 'constant');
  if (target.codeList !== undefined) {
    if (compile.standard.codes(target.codeList)?.has(String(value)) !== true)
      compile.problems.add(at, 'MAPPING_CODE_NOT_IN_LIST', { code: String(value), list: target.codeList });
  } else {
    const wanted = target.type === 'boolean' ? 'boolean' : target.type === 'integer' ? 'number' : 'string';
    if (typeof value !== wanted)
      compile.problems.add(at, 'MAPPING_TYPE_WRONG', { type: target.type, given: typeof value });
  }
  return (_row, out) => {
    out.value = value;
    return VALUE;
  };
}

/** Where a value is said to come from when it was made of several: its first place in the source. */
export function firstPath(list: readonly Expression[]): Path | null {
  for (const part of list) {
    if (typeof part === 'string') return parsePath(part);
    const found =
      part.from === undefined ? firstPath([...(part.concat ?? []), ...(part.coalesce ?? [])]) : parsePath(part.from);
    if (found !== null) return found;
  }
  return null;
}
