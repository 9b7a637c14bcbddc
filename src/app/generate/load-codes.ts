import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConfigurationError } from '../../platform/kernel/index.js';
import type { CodeListSpec } from '../../standard/index.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads every code list below `directory`.
 *
 * @throws ConfigurationError STANDARD_CODE_LIST_INVALID for a duplicate code or name, a wrong count, an unknown parent or successor.
 */
export function loadCodeLists(directory: string): CodeListSpec[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const list = JSON.parse(readFileSync(join(directory, file), 'utf8')) as CodeListSpec;
      if (list.name !== basename(file, '.json')) throw invalid(file, 'name differs from the file name');
      checkCodeList(file, list);
      return list;
    });
}

/** Public tables are often wrong (a code given twice, a name on two codes), so every list is counted and compared. */
export function checkCodeList(file: string, list: CodeListSpec): void {
  if (!list.title || !list.titleEn || !list.standard || !list.edition)
    throw invalid(file, 'title or origin is missing');
  if (!DAY.test(list.validFrom)) throw invalid(file, 'validFrom is not a day');
  if (list.codes.length !== list.count) throw invalid(file, `${list.codes.length} codes instead of ${list.count}`);
  const codes = new Set<string>();
  const names = new Set<string>();
  for (const { code, name, parent } of list.codes) {
    if (!code || !name) throw invalid(file, `code ${code} has no name`);
    if (codes.has(code)) throw invalid(file, `code ${code} occurs twice`);
    codes.add(code);
    const scope = list.uniqueWithin === 'parent' ? `${parent ?? ''}/${name}` : name;
    if (names.has(scope)) throw invalid(file, `the name of code ${code} occurs twice`);
    names.add(scope);
  }
  for (const { code, parent, validFrom, validTo, successors } of list.codes) {
    if (parent !== undefined && !codes.has(parent)) throw invalid(file, `parent ${parent} of ${code} is unknown`);
    if ((validFrom && !DAY.test(validFrom)) || (validTo && !DAY.test(validTo)))
      throw invalid(file, `the validity of ${code} is not a day`);
    for (const next of successors ?? [])
      if (!codes.has(next)) throw invalid(file, `successor ${next} of ${code} is unknown`);
    if (successors && !validTo) throw invalid(file, `code ${code} has successors and no validTo`);
  }
}

const invalid = (file: string, problem: string): ConfigurationError =>
  new ConfigurationError('STANDARD_CODE_LIST_INVALID', { params: { file, problem } });
