import { step } from './problems.js';

export type Row = Readonly<Record<string, unknown>>;

type Step =
  { kind: 'name'; name: string } | { kind: 'index'; index: number } | { kind: 'select'; field: string; value: string };

/**
 * A place in a source record: `name`, `a.b`, `list[0].c`, `list[?type=phone].number`, `['odd.name']`.
 * `read` gives undefined when the place is not there and null when the source wrote null.
 */
export interface Path {
  readonly text: string;
  read(row: Row): unknown;
  /** JSON pointer of the place in this row; a selector shows the index it found. */
  pointer(row: Row): string;
}

const PLAIN = /^[^.[\]'"\s][^.[\]'"]*/;
const INDEX = /^\[(\d{1,6})\]/;
const SELECT = /^\[\?([^=\]]+)=([^\]]*)\]/;
const QUOTED = /^\['([^']+)'\]/;

/** Reads a path's text; null when it is not one. Names that every object inherits are refused. */
export function parsePath(text: string): Path | null {
  const steps: Step[] = [];
  let rest = text;
  while (rest !== '') {
    if (steps.length > 0 && rest.startsWith('.')) rest = rest.slice(1);
    else if (steps.length > 0 && !rest.startsWith('[')) return null;
    const found = takeStep(rest);
    if (found === null) return null;
    steps.push(found.step);
    rest = rest.slice(found.length);
  }
  if (steps.length === 0 || steps[0]?.kind === 'index' || steps[0]?.kind === 'select') return null;
  return { text, read: reader(steps), pointer: (row) => pointerOf(steps, row) };
}

function takeStep(rest: string): { step: Step; length: number } | null {
  const quoted = QUOTED.exec(rest);
  if (quoted !== null) return named(quoted[1] ?? '', quoted[0].length);
  const index = INDEX.exec(rest);
  if (index !== null) return { step: { kind: 'index', index: Number(index[1]) }, length: index[0].length };
  const select = SELECT.exec(rest);
  if (select !== null) {
    const field = (select[1] ?? '').trim();
    if (field === '' || field in Object.prototype) return null;
    return { step: { kind: 'select', field, value: (select[2] ?? '').trim() }, length: select[0].length };
  }
  const plain = PLAIN.exec(rest);
  return plain === null ? null : named(plain[0].trimEnd(), plain[0].length);
}

const named = (name: string, length: number): { step: Step; length: number } | null =>
  name === '' || name in Object.prototype ? null : { step: { kind: 'name', name }, length };

function reader(steps: readonly Step[]): (row: Row) => unknown {
  const only = steps[0];
  if (steps.length === 1 && only?.kind === 'name') {
    const { name } = only;
    return (row) => row[name];
  }
  return (row) => {
    let value: unknown = row;
    for (let i = 0; i < steps.length; i++) {
      value = walk(steps[i] as Step, value);
      if (value === undefined) return undefined;
    }
    return value;
  };
}

function walk(at: Step, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (at.kind === 'name') return Array.isArray(value) ? undefined : (value as Row)[at.name];
  if (!Array.isArray(value)) return undefined;
  if (at.kind === 'index') return value[at.index] as unknown;
  const found = value.findIndex((item) => matches(item, at));
  return found < 0 ? undefined : (value[found] as unknown);
}

const matches = (item: unknown, at: Extract<Step, { kind: 'select' }>): boolean => {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
  const value = (item as Row)[at.field];
  return (
    (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') && String(value) === at.value
  );
};

function pointerOf(steps: readonly Step[], row: Row): string {
  let pointer = '';
  let value: unknown = row;
  for (const at of steps) {
    if (at.kind === 'select') {
      const found = Array.isArray(value) ? value.findIndex((item) => matches(item, at)) : -1;
      if (found < 0) return pointer;
      pointer = step(pointer, found);
    } else pointer = step(pointer, at.kind === 'name' ? at.name : at.index);
    value = walk(at, value);
  }
  return pointer;
}
