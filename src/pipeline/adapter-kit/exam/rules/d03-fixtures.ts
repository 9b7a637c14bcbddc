import { isDeepStrictEqual } from 'node:util';
import type { StreamCase } from '../context.js';
import { outcomeLine } from '../fixtures.js';
import { fail, PASS, type Rule } from '../rule.js';

/** The fixtures are triples: what comes in, what must come out, what must be refused and why; at least one of each. */
export const d03: Rule = {
  id: 'D03',
  level: 'MUST',
  title: { zh: '样例输入得到声明的结果', en: 'The fixtures come out as declared' },
  needs: ['A01'],
  run: async (exam) => {
    for (const stream of exam.streams) {
      const wrong = examineStream(stream);
      if (wrong !== null) return fail(`${stream.name}: ${wrong}`);
    }
    return PASS;
  },
};

function examineStream({ fixtures, mapping }: StreamCase): string | null {
  const { input, expected, rejected } = fixtures;
  if (input.length === 0) return 'input.json';
  if (!expected || expected.length === 0) return 'expected.json';
  if (!rejected || rejected.length === 0) return 'rejected.json';
  const outcomes = input.map((row) => mapping.conform(row));
  const lines = outcomes.map((outcome, row) => ({
    rejected: outcome.kind === 'rejected',
    line: plain(outcomeLine(outcome, row)),
  }));
  const declared = new Map([...expected, ...rejected].map((line) => [(line as { row: number }).row, line]));
  for (const [row, { line, rejected: refused }] of lines.entries()) {
    const inExpected = expected.some((candidate) => (candidate as { row: number }).row === row);
    if (refused === inExpected || !isDeepStrictEqual(declared.get(row), line)) return `row ${row}`;
  }
  return declared.size === lines.length ? null : `${declared.size} / ${lines.length}`;
}

/** As a JSON file holds it: members without a value are not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
