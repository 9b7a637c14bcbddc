import { codeList } from '../../src/standard/index.js';

/** Divisions of the shipped edition that have ended, with what followed them. */
export const divisions = (): { code: string; validTo: string; successors: readonly string[] }[] =>
  codeList('division')
    .codes.filter(({ code, validTo, successors }) => code.length > 6 && validTo && successors)
    .map(({ code, validTo, successors }) => ({ code, validTo: validTo!, successors: successors! }));
