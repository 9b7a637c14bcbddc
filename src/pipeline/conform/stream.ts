import { MOMENT, type Compile } from './compile-context.js';
import { compileCondition } from './condition.js';
import { compileExpression, compilePath } from './expression.js';
import { compileKey } from './key.js';
import type { StreamDocument, StreamView } from './mapping-document.js';
import { EMPTY, Outcome, REJECTED, VALUE, type Evaluate } from './outcome.js';
import type { Row } from './path.js';
import { step } from './problems.js';
import { compileRecord, type CompiledRecord } from './record.js';
import { shapeOf } from './shape.js';
import type { CompiledMapping, Conformed, StandardRecord, Validity } from './standard-record.js';

/** Compiles one stream's mapping; null when it has no usable record. All problems are noted. */
export function compileStream(
  document: StreamDocument,
  manifest: StreamView,
  pointer: string,
  compile: Compile,
  defaultArea?: string,
): CompiledMapping | null {
  const records = compileRecords(document, pointer, compile);
  const skips = (document.skipWhen ?? []).map((skip, i) => ({
    test: compileCondition(skip.when, `${pointer}/skipWhen/${i}/when`, compile),
    reason: skip.reason,
  }));
  const deleted =
    document.deletedWhen === undefined
      ? undefined
      : compileCondition(document.deletedWhen, step(pointer, 'deletedWhen'), compile);
  const division = { name: 'area', type: 'division' };
  const area =
    document.area === undefined
      ? undefined
      : compileExpression(document.area, division, step(pointer, 'area'), compile);
  const validity =
    document.versioned === undefined
      ? undefined
      : compileValidity(document.versioned, step(pointer, 'versioned'), compile);
  const readKey = compileKey(manifest, compile);
  const primary = records[0];
  if (primary === undefined || readKey === null) return null;
  const fallback = defaultArea ?? document.defaultArea ?? null;
  const out = new Outcome();

  const conform = (row: Row): Conformed => {
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      return {
        kind: 'rejected',
        key: null,
        rejection: { code: 'MAPPING_NOT_A_RECORD', pointer: '', shape: shapeOf(row) },
      };
    out.area = fallback;
    const key = readKey(row, out);
    if (key === null) {
      // A totals row has no key, and is none of the records: what is skipped need not be named.
      for (const skip of skips) if (skip.test(row)) return { kind: 'skipped', key, reason: skip.reason };
      return rejected(null, row, out);
    }
    if (deleted !== undefined && deleted(row)) return { kind: 'deleted', key };
    for (const skip of skips) if (skip.test(row)) return { kind: 'skipped', key, reason: skip.reason };
    if (area !== undefined) {
      const found = area(row, out);
      if (found === REJECTED) return rejected(key, row, out);
      if (found === VALUE) out.area = out.value as string;
    }
    let valid: Validity | null = null;
    if (validity !== undefined) {
      valid = validity(row, out);
      if (valid === null) return rejected(key, row, out);
    }
    const made: StandardRecord[] = [];
    let primaries = 0;
    for (const record of records) {
      const one = record.make(row, out);
      if (one === undefined) return rejected(key, row, out);
      if (one === null) continue;
      if (one.part === '') primaries++;
      made.push(one);
    }
    if (primaries !== 1) {
      out.reject('MAPPING_NO_PRIMARY', null, row, 'noPrimary');
      return rejected(key, row, out);
    }
    return { kind: 'records', key, records: made, validity: valid };
  };
  return {
    keyIsIdentifier: manifest.keyIsIdentifier === true,
    versioned: validity !== undefined,
    primaryEntity: primary.entity,
    primaryEntities: [...new Set(records.filter((record) => record.part === '').map((record) => record.entity))],
    entities: [...new Set(records.map((record) => record.entity))],
    conform: conform as CompiledMapping['conform'],
  };
}

function rejected(key: string | null, row: Row, out: Outcome): Conformed {
  const rejection = {
    code: out.code,
    pointer: out.path === null ? '' : out.path.pointer(row),
    shape: shapeOf(out.raw),
    reason: out.reason,
  };
  out.raw = undefined;
  return { kind: 'rejected', key, rejection };
}

/** The first record, and those that stand in for it under a condition, have part ''; a source record makes exactly one of them. */
function compileRecords(document: StreamDocument, pointer: string, compile: Compile): CompiledRecord[] {
  const records: CompiledRecord[] = [];
  const seen = new Set<string>();
  document.records.forEach((record, i) => {
    const at = `${pointer}/records/${i}`;
    const compiled = compileRecord(record, i === 0, at, compile);
    if (compiled === null) return;
    const name = `${compiled.entity} ${compiled.part}`;
    if (seen.has(name))
      compile.problems.add(at, 'MAPPING_PART_DUPLICATE', { entity: compiled.entity, part: compiled.part });
    seen.add(name);
    records.push(compiled);
  });
  if (records.length > 0 && records[0]?.part !== '')
    compile.problems.add(`${pointer}/records/0/part`, 'MAPPING_PRIMARY_PART', { part: records[0]?.part ?? '' });
  const always = document.records.filter(
    (record, i) => (record.part ?? (i === 0 ? '' : record.entity)) === '' && record.when === undefined,
  );
  const primaries = records.filter((record) => record.part === '');
  if (primaries.length > 1 && always.length > 0) compile.problems.add(`${pointer}/records`, 'MAPPING_PRIMARY_TWICE');
  return records;
}

function compileValidity(
  document: NonNullable<StreamDocument['versioned']>,
  pointer: string,
  compile: Compile,
): (row: Row, out: Outcome) => Validity | null {
  const from = compileExpression(document.from, MOMENT, step(pointer, 'from'), compile);
  const to: Evaluate =
    document.to === undefined ? () => EMPTY : compileExpression(document.to, MOMENT, step(pointer, 'to'), compile);
  const reversal =
    document.reversal === undefined
      ? () => false
      : compileCondition(document.reversal, step(pointer, 'reversal'), compile);
  const place = typeof document.from === 'string' ? document.from : document.from.from;
  const path = place === undefined ? null : compilePath(place, step(pointer, 'from'), compile.problems);
  return (row, out) => {
    const start = from(row, out);
    if (start === REJECTED) return null;
    if (start !== VALUE) {
      out.reject('MAPPING_VALIDITY_MISSING', path, path?.read(row), 'missing');
      return null;
    }
    const begin = String(out.value);
    const end = to(row, out);
    if (end === REJECTED) return null;
    return { from: begin, to: end === VALUE ? String(out.value) : null, reversed: reversal(row) };
  };
}
