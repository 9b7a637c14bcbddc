import { listTable, type CodeTable } from './code-tables.js';
import type { Compile, Target } from './compile-context.js';
import type { ExpressionDocument } from './mapping-document.js';
import { ABSENT, EMPTY, MASKED, PLACEHOLDER, VALUE, type Found, type Outcome } from './outcome.js';
import { parsePath, type Path, type Row } from './path.js';
import { placeholdersFor } from './placeholders.js';
import { step } from './problems.js';
import type { Normalise } from './standard-view.js';

/** Turns the text of a source value into the standard's value; `raw` and `path` are for the rejection. */
export type Finish = (text: string, raw: unknown, path: Path | null, row: Row, out: Outcome) => Found;

/** Normalisers taken when a mapping names none; dates and identifiers must say their shape. */
const DEFAULTS: Readonly<Record<string, string>> = {
  text: 'text',
  phone: 'phone',
  division: 'division',
  decimal: 'decimal',
  integer: 'integer',
  boolean: 'boolean',
  key: 'text',
  moment: 'text',
};
/** Not types of the standard: whatever a normaliser makes is taken as text. */
const FREE: ReadonlySet<string> = new Set(['key', 'moment']);
const EMPTY_SET: ReadonlySet<string> = new Set();

/** Text of a number or boolean; null when the value is not a single one, undefined when digits were already lost. */
export function scalarText(raw: unknown): string | null | undefined {
  if (typeof raw === 'boolean') return raw ? 'true' : 'false';
  if (typeof raw !== 'number') return null;
  return Number.isFinite(raw) && (Number.isSafeInteger(raw) || !Number.isInteger(raw)) ? String(raw) : undefined;
}

export function compileFinish(document: ExpressionDocument, target: Target, pointer: string, compile: Compile): Finish {
  const empties = document.emptyWhen === undefined ? EMPTY_SET : new Set(document.emptyWhen);
  const { take } = document;
  if (take !== undefined) return takeFinish(take, document, target, pointer, compile);
  if (target.type === 'code' || document.codes !== undefined)
    return compileCoded(document, target, empties, pointer, compile);
  const normalise = resolveNormaliser(document, target, pointer, compile);
  const argument = compileArgument(document, pointer, compile);
  const placeholders = placeholdersFor(compile.manifest, target.type);
  const drop = document.onInvalid === 'placeholder';
  const convert = CONVERT[target.type];
  return (text, raw, path, row, out) => {
    const said = normalise(text, argument === undefined ? undefined : argument(row, out));
    if (said.state === 'VALUE') {
      const { value } = said;
      if (empties.size > 0 && (empties.has(value) || empties.has(text.trim()))) return EMPTY;
      if (placeholders.has(value) || (value !== text && placeholders.has(text.trim()))) return PLACEHOLDER;
      out.value = convert === undefined ? value : convert(value);
      return VALUE;
    }
    if (said.state === 'MASKED_AT_SOURCE') {
      out.value = said.value ?? text.trim();
      return MASKED;
    }
    const trimmed = text.trim();
    if (trimmed === '') return EMPTY;
    if (said.state === 'EMPTY')
      return isDeclaredEmpty(empties, trimmed) || !placeholders.begins(trimmed) ? EMPTY : PLACEHOLDER;
    if (empties.has(trimmed)) return EMPTY;
    if (drop || placeholders.has(trimmed)) return PLACEHOLDER;
    return out.reject('MAPPING_INVALID_VALUE', path, raw, said.reason);
  };
}

const CONVERT: Readonly<Record<string, (text: string) => number | boolean>> = {
  boolean: (text) => text === 'true',
  integer: Number,
};

/** A far date with its clock (`2037-01-01 00:00:00`) is the declared `2037-01-01`. */
function isDeclaredEmpty(empties: ReadonlySet<string>, text: string): boolean {
  for (const declared of empties) if (text.startsWith(declared)) return true;
  return false;
}

function compileCoded(
  document: ExpressionDocument,
  target: Target,
  empties: ReadonlySet<string>,
  pointer: string,
  compile: Compile,
): Finish {
  const table = resolveTable(document, target, pointer, compile);
  const placeholders = placeholdersFor(compile.manifest, 'code');
  const drop = document.onInvalid === 'placeholder';
  return (text, raw, path, _row, out) => {
    const trimmed = text.trim();
    const code = table?.lookup(trimmed);
    if (code !== undefined) {
      out.value = code;
      return VALUE;
    }
    if (trimmed === '' || empties.has(trimmed)) return EMPTY;
    if (placeholders.has(trimmed) || drop) return PLACEHOLDER;
    return out.reject('MAPPING_UNKNOWN_CODE', path, raw, 'unknownCode');
  };
}

function resolveTable(
  document: ExpressionDocument,
  target: Target,
  pointer: string,
  compile: Compile,
): CodeTable | undefined {
  const { problems, standard } = compile;
  if (target.type !== 'code' || target.codeList === undefined) {
    problems.add(step(pointer, 'codes'), 'MAPPING_CODES_MISPLACED', { field: target.name, type: target.type });
    return undefined;
  }
  if (document.as !== undefined)
    problems.add(step(pointer, 'as'), 'MAPPING_OPTION_MISPLACED', { option: 'as', source: 'codes' });
  if (document.codes === undefined) {
    problems.add(pointer, 'MAPPING_CODES_MISSING', { field: target.name, list: target.codeList });
    return undefined;
  }
  const known = standard.codes(document.codes);
  const table =
    compile.tables.get(document.codes) ?? (known === undefined ? undefined : listTable(document.codes, known));
  if (table === undefined) problems.add(step(pointer, 'codes'), 'MAPPING_CODES_UNKNOWN', { name: document.codes });
  else if (table.list !== target.codeList)
    problems.add(step(pointer, 'codes'), 'MAPPING_CODES_WRONG_LIST', {
      field: target.name,
      list: target.codeList,
      given: table.list,
    });
  return table;
}

const NOTHING: Normalise = () => ({ state: 'EMPTY' });

function resolveNormaliser(document: ExpressionDocument, target: Target, pointer: string, compile: Compile): Normalise {
  const { problems, standard } = compile;
  const name = document.as ?? DEFAULTS[target.type];
  if (name === undefined) {
    problems.add(pointer, 'MAPPING_NORMALISER_MISSING', { field: target.name, type: target.type });
    return NOTHING;
  }
  const normalise = standard.normaliser(name);
  if (normalise === undefined) {
    problems.add(step(pointer, 'as'), 'MAPPING_NORMALISER_UNKNOWN', { name });
    return NOTHING;
  }
  const yields = standard.yields(name);
  if (document.take === undefined && !FREE.has(target.type) && yields !== undefined && !yields.includes(target.type))
    problems.add(step(pointer, 'as'), 'MAPPING_NORMALISER_WRONG_TYPE', { name, field: target.name, type: target.type });
  return normalise;
}

/**
 * A by-product is a help, not a claim of the source: where the normaliser has none, or doubts the value it comes from
 * (a number with a wrong check character), the field is absent.
 */
function takeFinish(
  take: string,
  document: ExpressionDocument,
  target: Target,
  pointer: string,
  compile: Compile,
): Finish {
  const normalise = resolveNormaliser(document, target, pointer, compile);
  const argument = compileArgument(document, pointer, compile);
  const offered = compile.standard.takes(document.as ?? '');
  if (!offered.includes(take))
    compile.problems.add(step(pointer, 'take'), 'MAPPING_TAKE_UNKNOWN', { take, offered: offered.join(', ') || '-' });
  const codes = target.codeList === undefined ? undefined : compile.standard.codes(target.codeList);
  return (text, _raw, _path, row, out) => {
    const said = normalise(text, argument === undefined ? undefined : argument(row, out));
    if (said.state !== 'VALUE' || said.extra === undefined || said.extra['linkable'] === false) return ABSENT;
    const value = said.extra[take];
    if (typeof value !== 'string' || (codes !== undefined && !codes.has(value))) return ABSENT;
    out.value = value;
    return VALUE;
  };
}

function compileArgument(
  document: ExpressionDocument,
  pointer: string,
  compile: Compile,
): ((row: Row, out: Outcome) => string | undefined) | undefined {
  const { arg, argFrom } = document;
  if (arg !== undefined && argFrom !== undefined)
    compile.problems.add(step(pointer, 'argFrom'), 'MAPPING_OPTION_MISPLACED', { option: 'argFrom', source: 'arg' });
  if (arg !== undefined) {
    const known = document.as === undefined ? null : compile.standard.argumentsOf(document.as, arg);
    if (known !== null)
      compile.problems.add(step(pointer, 'arg'), 'MAPPING_ARGUMENT_WRONG', {
        name: document.as ?? '',
        arg,
        known: known.join(', ') || '-',
      });
    return () => arg;
  }
  if (argFrom === undefined) return undefined;
  if (argFrom === '$area') return (_row, out) => out.area ?? undefined;
  const path = parsePath(argFrom);
  if (path === null) {
    compile.problems.add(step(pointer, 'argFrom'), 'MAPPING_PATH_INVALID', { path: argFrom });
    return undefined;
  }
  return (row) => {
    const value = path.read(row);
    return typeof value === 'string' ? value.trim() : (scalarText(value) ?? undefined);
  };
}
