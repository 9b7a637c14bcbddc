import type { Fault } from '../../faults/kinds.js';

/** The service's answer codes; an error is an ordinary result with HTTP 200. */
export const CODE = {
  notAuthorised: '00000',
  nothing: '01001',
  spanTooLong: '01002',
  tooMany: '01003',
  badData: '01004',
  ok: '02000',
  unknownUser: '02001',
  wrongPassword: '02002',
} as const;

/** Rows of one answer at the most. */
export const MOST_ROWS = 50_000;

export const failed = (root: string, code: string): string => `<${root}><CODE>${code}</CODE></${root}>`;

/** `start` (from 0) and `limit` of a page; null when they are no whole numbers. Both may be left out. */
export function pageOf(parameters: Record<string, string>): { start: number; limit: number } | null {
  const start = parameters['start'] || '0';
  const limit = parameters['limit'] || String(MOST_ROWS);
  if (!/^\d{1,9}$/.test(start) || !/^\d{1,9}$/.test(limit) || Number(limit) === 0) return null;
  return { start: Number(start), limit: Number(limit) };
}

/** What stands in place of a result: an error code, or a sentence, with HTTP 200 like any answer. */
export function faultyResult(root: string, faults: readonly Fault[]): string | null {
  for (const { kind, code } of faults) {
    if (kind === 'credential') return failed(root, CODE.wrongPassword);
    if (kind === 'soap-error') return failed(root, code);
    if (kind === 'soap-text') return '系统繁忙,请稍后再试';
  }
  return null;
}
