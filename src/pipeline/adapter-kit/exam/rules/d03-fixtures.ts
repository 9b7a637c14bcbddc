import { isDeepStrictEqual } from 'node:util';
import type { SourceRow } from '../../contract.js';
import type { ServiceCase, StreamCase } from '../context.js';
import { outcomeLine, type Fixtures } from '../fixtures.js';
import { fail, PASS, type Rule } from '../rule.js';

/** The fixtures are triples: what comes in, what must come out, what must be refused and why; at least one of each. */
export const d03: Rule = {
  id: 'D03',
  level: 'MUST',
  title: { zh: '样例输入得到声明的结果', en: 'The fixtures come out as declared' },
  needs: ['A01'],
  run: async (exam) => {
    for (const [name, one] of [
      ...exam.streams.map((stream) => [stream.name, ofStream(stream)] as const),
      ...exam.services.map((service) => [service.name, ofService(service)] as const),
    ]) {
      const wrong = examineCase(one);
      if (wrong !== null) return fail(`${name}: ${wrong}`);
    }
    return PASS;
  },
};

interface Case {
  fixtures: Fixtures;
  outcome: (row: SourceRow, at: number) => { rejected: boolean; line: unknown };
}

const ofStream = ({ fixtures, mapping }: StreamCase): Case => ({
  fixtures,
  outcome: (row, at) => {
    const outcome = mapping.conform(row);
    return { rejected: outcome.kind === 'rejected', line: plain(outcomeLine(outcome, at)) };
  },
});

function ofService({ fixtures, compiled }: ServiceCase): Case {
  if (compiled.verb === 'lookup') return ofStream({ fixtures, mapping: compiled.mapping } as StreamCase);
  return {
    fixtures,
    outcome: (row, at) => {
      const judged = compiled.judge(row);
      if (judged.kind === 'judged') return { rejected: false, line: plain({ row: at, ...judged }) };
      const { code, pointer } = judged.rejection;
      return { rejected: true, line: { row: at, code, pointer } };
    },
  };
}

function examineCase({ fixtures, outcome }: Case): string | null {
  const { input, expected, rejected } = fixtures;
  if (input.length === 0) return 'input.json';
  if (!expected || expected.length === 0) return 'expected.json';
  if (!rejected || rejected.length === 0) return 'rejected.json';
  const lines = input.map(outcome);
  const declared = new Map([...expected, ...rejected].map((line) => [(line as { row: number }).row, line]));
  for (const [row, { line, rejected: refused }] of lines.entries()) {
    const inExpected = expected.some((candidate) => (candidate as { row: number }).row === row);
    if (refused === inExpected || !isDeepStrictEqual(declared.get(row), line)) return `row ${row}`;
  }
  return declared.size === lines.length ? null : `${declared.size} / ${lines.length}`;
}

/** As a JSON file holds it: members without a value are not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
