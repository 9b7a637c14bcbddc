import {
  compileMapping,
  compileServiceMapping,
  loadAdapter,
  MappingError,
  type LoadedAdapter,
  type MappingDocument,
} from '../../conform/index.js';
import { IsthmusError } from '../../../platform/kernel/index.js';
import { speak } from '../../../platform/messages/index.js';
import type { AdapterManifest } from '../contract.js';
import { ManifestError } from '../manifest/problems.js';
import { validateManifest } from '../manifest/validate-manifest.js';
import { ExamContext, type Wrap } from './context.js';
import { fail, type Rule, type RuleLevel, type Verdict } from './rule.js';
import { RULES } from './rules/index.js';

export interface RuleResult {
  id: string;
  level: RuleLevel;
  title: { zh: string; en: string };
  outcome: 'pass' | 'fail' | 'notApplicable' | 'notRun';
  pass: boolean;
  /** What was found; names, codes and counts only. */
  detail: { zh: string; en: string };
  cure: { zh: string; en: string };
}

/** A problem of manifest or mapping by its place, for A01. */
export interface DocumentProblem {
  file: string;
  pointer: string;
  code: string;
  params: Record<string, string | number>;
}

export interface ExamReport {
  adapter: string | null;
  version: string | null;
  /** Hash of the adapter's files, as a run refers to them. */
  hash: string | null;
  contractVersion: string | null;
  results: RuleResult[];
  /** Every problem of manifest and mapping, when A01 failed. */
  problems: DocumentProblem[];
  summary: { total: number; pass: number; fail: number; notApplicable: number; notRun: number };
  /** No MUST failed or was left out. */
  admissible: boolean;
}

export interface ExamOptions {
  wrap?: Wrap;
  signal?: AbortSignal;
}

/**
 * Examines an adapter's directory against its own fixtures, served by a stand-in source that speaks its protocol.
 * Needs no network and no real source. Never throws for a defect of the adapter: the report says it.
 */
export async function examine(directory: string, options: ExamOptions = {}): Promise<ExamReport> {
  let loaded: LoadedAdapter<AdapterManifest> | null = null;
  let exam: ExamContext | null = null;
  let broken: unknown = null;
  try {
    loaded = loadAdapter<AdapterManifest>(directory);
    const manifest = validateManifest(loaded.manifest);
    const mappings = compileMapping(loaded.mapping, manifest);
    const signal = options.signal ?? new AbortController().signal;
    exam = new ExamContext(
      directory,
      manifest,
      loaded.mapping as MappingDocument,
      mappings,
      compileServiceMapping(loaded.mapping, manifest),
      signal,
      options.wrap ?? ((same) => same),
    );
  } catch (error) {
    if (!(error instanceof IsthmusError)) throw error;
    broken = error;
  }
  try {
    const results = exam
      ? await runAll(exam)
      : rulesFor((loaded?.manifest as { kind?: unknown } | undefined)?.kind).map((rule) =>
          rule.id === 'A01' ? result(rule, fail(specTrouble(broken))) : notRun(rule, 'A01'),
        );
    return report(loaded, results, problemsOf(broken));
  } finally {
    await exam?.close();
  }
}

/** Lists are examined of adapters that have some, questions of those that answer some. */
const rulesFor = (kind: unknown): Rule[] => RULES.filter(({ id }) => !(kind === 'on-demand' ? /^[BC]/ : /^E/).test(id));

async function runAll(exam: ExamContext): Promise<RuleResult[]> {
  const results: RuleResult[] = [];
  for (const rule of rulesFor(exam.manifest.kind)) {
    exam.signal.throwIfAborted();
    const missing = rule.needs.find((id) => results.find((done) => done.id === id)?.pass === false);
    results.push(missing === undefined ? result(rule, await runOne(rule, exam)) : notRun(rule, missing));
  }
  return results;
}

async function runOne(rule: Rule, exam: ExamContext): Promise<Verdict> {
  try {
    return await rule.run(exam);
  } catch (error) {
    exam.signal.throwIfAborted();
    // The text of a foreign error may quote a record: only its kind is told.
    return fail(
      error instanceof IsthmusError ? `${error.code} ${error.where.stream ?? ''}`.trim() : (error as Error).name,
    );
  }
}

function result(rule: Rule, verdict: Verdict): RuleResult {
  const what = verdict.kind === 'fail' ? verdict.what : '';
  const code =
    verdict.kind === 'fail' ? `EXAM_${rule.id}` : verdict.kind === 'pass' ? 'EXAM_PASS' : 'EXAM_NOT_APPLICABLE';
  return { ...head(rule), outcome: verdict.kind, pass: verdict.kind !== 'fail', ...spoken(code, { what }) };
}

const notRun = (rule: Rule, because: string): RuleResult => ({
  ...head(rule),
  outcome: 'notRun',
  pass: false,
  ...spoken('EXAM_NOT_RUN', { because }),
});

const head = ({ id, level, title }: Rule): Pick<RuleResult, 'id' | 'level' | 'title'> => ({ id, level, title });

function spoken(code: string, params: Record<string, string>): Pick<RuleResult, 'detail' | 'cure'> {
  const [zh, en] = [speak(code, 'zh', params), speak(code, 'en', params)];
  return { detail: { zh: zh.text, en: en.text }, cure: { zh: zh.cure, en: en.cure } };
}

const specTrouble = (error: unknown): string => {
  const problems = problemsOf(error);
  const first = problems[0];
  return first
    ? `${first.file} ${first.pointer} ${first.code}${problems.length > 1 ? ` +${problems.length - 1}` : ''}`
    : (error as IsthmusError).code;
};

const problemsOf = (error: unknown): DocumentProblem[] =>
  error instanceof ManifestError || error instanceof MappingError ? [...error.problems] : [];

function report(
  loaded: LoadedAdapter<AdapterManifest> | null,
  results: RuleResult[],
  problems: DocumentProblem[],
): ExamReport {
  const manifest = (loaded?.manifest ?? null) as Partial<AdapterManifest> | null;
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const count = (outcome: RuleResult['outcome']): number => results.filter((one) => one.outcome === outcome).length;
  return {
    adapter: text(manifest?.id),
    version: text(manifest?.version),
    hash: loaded?.hash ?? null,
    contractVersion: text(manifest?.contractVersion),
    results: [...results].sort((a, b) => (a.id < b.id ? -1 : 1)),
    problems,
    summary: {
      total: results.length,
      pass: count('pass'),
      fail: count('fail'),
      notApplicable: count('notApplicable'),
      notRun: count('notRun'),
    },
    admissible: results.every((one) => one.level !== 'MUST' || one.pass),
  };
}
