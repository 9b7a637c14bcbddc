import type { JsonValue } from '../../../../platform/kernel/index.js';
import type { CompiledService, ServiceDocument } from '../../../conform/index.js';
import type { SourceRow } from '../../contract.js';
import type { ServiceCase, StreamCase } from '../context.js';
import { codedPaths, replaced } from '../coded-paths.js';
import { fail, PASS, type Rule } from '../rule.js';

const UNKNOWN = '§exam§';

/** A code that the tables do not have is rejected and shown, never guessed, dropped or given a default. */
export const d02: Rule = {
  id: 'D02',
  level: 'MUST',
  title: { zh: '未知代码一律拒收', en: 'An unknown code is rejected' },
  needs: ['A01'],
  run: async (exam) => {
    for (const stream of exam.streams)
      for (const path of codedPaths(exam.document.streams[stream.name])) {
        const outcomes = spoilt(stream, path);
        // Rows to which the coded field does not apply (a company's sex) may pass; where it never is refused, it is guessed.
        if (outcomes.length > 0 && !outcomes.includes('MAPPING_UNKNOWN_CODE')) return fail(`${stream.name}: ${path}`);
      }
    for (const service of exam.services) {
      const guessed = guessedCode(service, exam.document.services?.[service.name]);
      if (guessed !== null) return fail(`${service.name}: ${guessed}`);
    }
    return PASS;
  },
};

/** Outcomes of the accepted fixture rows with an unknown code at a path: the rejection's code, or the kind of outcome. */
function spoilt({ fixtures, mapping }: StreamCase, path: string): string[] {
  const outcomes: string[] = [];
  for (const row of fixtures.input) {
    if (mapping.conform(row).kind !== 'records') continue;
    const spoiled = replaced(row as JsonValue, path, UNKNOWN);
    if (spoiled === null) continue;
    const outcome = mapping.conform(spoiled as SourceRow);
    outcomes.push(outcome.kind === 'rejected' ? outcome.rejection.code : outcome.kind);
  }
  return outcomes;
}

/** A path whose unknown code is never refused, or null. */
function guessedCode({ fixtures, compiled }: ServiceCase, document: ServiceDocument | undefined): string | null {
  const paths =
    compiled.verb === 'lookup' ? codedPaths(document) : Object.values(document?.verdicts ?? {}).map(({ path }) => path);
  for (const path of paths) {
    const outcomes = fixtures.input.flatMap((row) => {
      const spoiled = replaced(row as JsonValue, path, UNKNOWN);
      return spoiled === null ? [] : [codeOf(compiled, spoiled as SourceRow)];
    });
    if (outcomes.length > 0 && !outcomes.includes('MAPPING_UNKNOWN_CODE')) return path;
  }
  return null;
}

function codeOf(compiled: CompiledService, row: SourceRow): string {
  const outcome = compiled.verb === 'lookup' ? compiled.mapping.conform(row) : compiled.judge(row);
  return outcome.kind === 'rejected' ? outcome.rejection.code : outcome.kind;
}
