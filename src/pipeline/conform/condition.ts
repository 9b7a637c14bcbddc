import { RE2JS } from 're2js';
import type { Compile, Test } from './compile-context.js';
import type { Condition, MappingDocument } from './mapping-document.js';
import { parsePath, type Path } from './path.js';
import { step, type Problems } from './problems.js';

const NEVER: Test = () => false;
const TESTS = ['equals', 'in', 'present', 'matches', 'valid'] as const;

/** Compiles the mapping's named conditions in order; each may use those before it. */
export function compileNamedConditions(document: MappingDocument, compile: Compile): void {
  for (const [name, condition] of Object.entries(document.conditions ?? {}))
    compile.conditions.set(name, compileCondition(condition, step('/conditions', name), compile));
}

/**
 * Compiles a condition. Texts are compared after trimming; a place that is missing, null or not a single value
 * equals nothing, matches nothing and is not present. Regular expressions run through RE2 (linear time).
 */
export function compileCondition(condition: Condition, pointer: string, compile: Compile): Test {
  const { problems } = compile;
  const tests: Test[] = [];
  const inner = (list: readonly Condition[], name: string): Test[] =>
    list.map((item, i) => compileCondition(item, step(step(pointer, name), i), compile));
  if (condition.all !== undefined) {
    const parts = inner(condition.all, 'all');
    tests.push((row) => parts.every((part) => part(row)));
  }
  if (condition.any !== undefined) {
    const parts = inner(condition.any, 'any');
    tests.push((row) => parts.some((part) => part(row)));
  }
  if (condition.not !== undefined) {
    const part = compileCondition(condition.not, step(pointer, 'not'), compile);
    tests.push((row) => !part(row));
  }
  if (condition.use !== undefined) {
    const named = compile.conditions.get(condition.use);
    if (named === undefined) problems.add(step(pointer, 'use'), 'MAPPING_CONDITION_UNKNOWN', { name: condition.use });
    tests.push(named ?? NEVER);
  }
  const used = TESTS.filter((name) => condition[name] !== undefined);
  if (condition.path !== undefined) {
    if (used.length !== 1) problems.add(pointer, 'MAPPING_CONDITION_INVALID');
    const path = parsePath(condition.path);
    if (path === null) problems.add(step(pointer, 'path'), 'MAPPING_PATH_INVALID', { path: condition.path });
    else tests.push(valueTest(condition, path, pointer, compile));
  } else if (used.length > 0) problems.add(pointer, 'MAPPING_CONDITION_INVALID');
  if (tests.length !== 1) problems.add(pointer, 'MAPPING_CONDITION_INVALID');
  return tests[0] ?? NEVER;
}

function valueTest(condition: Condition, path: Path, pointer: string, { standard, problems }: Compile): Test {
  if (condition.equals !== undefined) {
    const wanted = condition.equals;
    return (row) => textOf(path.read(row)) === wanted;
  }
  if (condition.in !== undefined) {
    const wanted = new Set(condition.in);
    return (row) => {
      const text = textOf(path.read(row));
      return text !== null && wanted.has(text);
    };
  }
  if (condition.present !== undefined) {
    const wanted = condition.present;
    return (row) => isPresent(path.read(row)) === wanted;
  }
  if (condition.matches !== undefined) return patternTest(condition.matches, path, pointer, problems);
  const normalise = standard.normaliser(condition.valid ?? '');
  if (normalise === undefined) {
    problems.add(step(pointer, 'valid'), 'MAPPING_NORMALISER_UNKNOWN', { name: condition.valid ?? '' });
    return NEVER;
  }
  return (row) => {
    const text = textOf(path.read(row));
    if (text === null) return false;
    const said = normalise(text);
    return said.state === 'VALUE' && said.extra?.['linkable'] !== false;
  };
}

function patternTest(source: string, path: Path, pointer: string, problems: Problems): Test {
  try {
    const pattern = RE2JS.compile(source);
    return (row) => {
      const text = textOf(path.read(row));
      return text !== null && pattern.matcher(text).find();
    };
  } catch {
    problems.add(step(pointer, 'matches'), 'MAPPING_PATTERN_INVALID');
    return NEVER;
  }
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;

const isPresent = (value: unknown): boolean => {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return typeof value !== 'object' || Object.keys(value).length > 0;
};
