import type { Compile } from './compile-context.js';
import type { ServiceDocument, ServiceView, VerdictDocument } from './mapping-document.js';
import { parsePath, type Path, type Row } from './path.js';
import { step } from './problems.js';
import { shapeOf } from './shape.js';
import type { CompiledMapping, Rejection } from './standard-record.js';
import { compileStream } from './stream.js';

/** What a source says of a claim. `no` also where it knows nothing of the kind: wrong and absent look the same. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** What the answer to a check of claims means. */
export type Judged = { kind: 'judged'; verdicts: Record<string, Verdict> } | { kind: 'rejected'; rejection: Rejection };

/** A look-up service's mapping, compiled once; both forms are pure and synchronous. */
export type CompiledService =
  { verb: 'lookup'; mapping: CompiledMapping } | { verb: 'verify'; claims: readonly string[]; judge(row: Row): Judged };

/** Compiles the `services` of a mapping; all problems are noted. */
export function compileServices(
  documents: Readonly<Record<string, ServiceDocument>>,
  compile: Compile,
  defaultArea?: string,
): Map<string, CompiledService> {
  const services = new Map<string, CompiledService>();
  const views = compile.manifest.services ?? [];
  for (const [name, document] of Object.entries(documents)) {
    const pointer = step('/services', name);
    const view = views.find((candidate) => candidate.name === name);
    if (view === undefined) compile.problems.add(pointer, 'MAPPING_STREAM_UNKNOWN', { stream: name });
    else {
      const compiled =
        view.verb === 'lookup'
          ? compileLookup(document, view, pointer, compile, defaultArea)
          : compileVerify(document, view, pointer, compile);
      if (compiled !== null) services.set(name, compiled);
    }
  }
  for (const { name } of views)
    if (!Object.hasOwn(documents, name)) compile.problems.add('/services', 'MAPPING_STREAM_MISSING', { stream: name });
  return services;
}

function compileLookup(
  document: ServiceDocument,
  view: ServiceView,
  pointer: string,
  compile: Compile,
  defaultArea?: string,
): CompiledService | null {
  const { records, verdicts, ...rest } = document;
  if (verdicts !== undefined) compile.problems.add(pointer, 'MAPPING_KEY_UNKNOWN', { key: 'verdicts' });
  if (records === undefined) {
    compile.problems.add(pointer, 'MAPPING_KEY_REQUIRED', { key: 'records' });
    return null;
  }
  const stream = { name: view.name, key: view.key ?? [] };
  const mapping = compileStream({ ...rest, records }, stream, pointer, compile, defaultArea);
  return mapping && { verb: 'lookup', mapping };
}

interface Claim {
  name: string;
  path: Path;
  codes: ReadonlyMap<string, Verdict>;
  absent: Verdict | null;
}

function compileVerify(
  document: ServiceDocument,
  view: ServiceView,
  pointer: string,
  compile: Compile,
): CompiledService | null {
  if (document.records !== undefined) compile.problems.add(pointer, 'MAPPING_KEY_UNKNOWN', { key: 'records' });
  const given = document.verdicts ?? {};
  const claims = Object.entries(given).flatMap(([name, verdict]) =>
    compileClaim(name, verdict, `${pointer}/verdicts/${name}`, compile),
  );
  const declared = view.claims ?? [];
  for (const name of declared)
    if (!Object.hasOwn(given, name)) compile.problems.add(`${pointer}/verdicts`, 'MAPPING_KEY_REQUIRED', { key: name });
  for (const name of Object.keys(given))
    if (!declared.includes(name)) compile.problems.add(`${pointer}/verdicts`, 'MAPPING_KEY_UNKNOWN', { key: name });
  return { verb: 'verify', claims: declared, judge: (row) => judge(claims, row) };
}

function compileClaim(name: string, document: VerdictDocument, pointer: string, compile: Compile): Claim[] {
  const path = parsePath(document.path);
  if (path === null) {
    compile.problems.add(step(pointer, 'path'), 'MAPPING_PATH_INVALID', { path: document.path });
    return [];
  }
  const codes = new Map<string, Verdict>();
  for (const verdict of ['yes', 'no', 'unknown'] as const)
    for (const code of document[verdict] ?? []) {
      if (codes.has(code)) compile.problems.add(step(pointer, verdict), 'MAPPING_VERDICT_TWICE', { claim: name });
      codes.set(code, verdict);
    }
  return [{ name, path, codes, absent: document.absent ?? null }];
}

function judge(claims: readonly Claim[], row: Row): Judged {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return rejected('MAPPING_NOT_A_RECORD', '', row);
  const verdicts: Record<string, Verdict> = {};
  for (const { name, path, codes, absent } of claims) {
    const raw = path.read(row);
    const code = typeof raw === 'string' || typeof raw === 'number' ? String(raw).trim() : '';
    const verdict = codes.get(code) ?? (code === '' && isNothing(raw) ? absent : null);
    if (verdict === null) return rejected('MAPPING_UNKNOWN_CODE', path.pointer(row), raw);
    verdicts[name] = verdict;
  }
  return { kind: 'judged', verdicts };
}

const isNothing = (raw: unknown): boolean =>
  raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '');

const rejected = (code: string, pointer: string, raw: unknown): Judged => ({
  kind: 'rejected',
  rejection: { code, pointer, shape: shapeOf(raw) },
});
