import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { goldenFields } from './golden-field.js';
import { goldenOf, provenanceText, type Candidate } from './golden.js';

const FIELDS = goldenFields('Person');
let next = 0;
const says = (
  source: string,
  values: Record<string, string>,
  rest: Partial<Candidate> & { domain?: string } = {},
): Candidate => ({
  ...{
    source,
    domain: { civil: 'civil-affairs' }[source] ?? source,
    stream: ++next,
    key: `${source}1`,
    part: '',
    run: next,
  },
  ...{ worldTime: '', recordedAt: 0, states: null },
  values: FIELDS.map((field) => values[field.name] ?? null),
  ...rest,
});
const golden = (...rows: Candidate[]): Record<string, string | null> => {
  const { values } = goldenOf(FIELDS, rows);
  return Object.fromEntries(FIELDS.map((field, i) => [field.name, values[i]!]));
};

describe('a golden field', () => {
  it('comes from the declared authority', () => {
    const rows = [
      says('telecom', { name: '王晓明', mobile: '15411111111' }),
      says('police', { name: '王小明', mobile: '15422222222' }),
    ];
    expect(golden(...rows)).toMatchObject({ name: '王小明', mobile: '15411111111' });
  });

  it('takes another source where the authority says nothing', () => {
    expect(golden(says('police', {}), says('property', { name: '王小明' })).name).toBe('王小明');
  });

  it('never prefers a masked value or a placeholder to a full one', () => {
    const masked = says('police', { mobile: '154****2222', name: '王小明' }, { states: 'mobile=M;sex=P' });
    expect(golden(masked, says('property', { mobile: '15411111111', sex: '2' }))).toMatchObject({
      mobile: '15411111111',
      sex: '2',
    });
    expect(goldenOf(FIELDS, [masked]).states).toEqual({
      mobile: { kind: 'MASKED_AT_SOURCE' },
      sex: { kind: 'PLACEHOLDER' },
    });
  });

  it('prefers a stated code to one that says unknown, whoever says it', () => {
    expect(golden(says('police', { sex: '0' }), says('telecom', { sex: '1' })).sex).toBe('1');
  });

  it('prefers a number with a right check digit', () => {
    const [wrong, right] = ['01'.padEnd(34, 'a'), ''.padEnd(32, 'b')];
    expect(golden(says('police', { idNumber: wrong }), says('telecom', { idNumber: right })).idNumber).toBe(right);
    expect(golden(says('police', { idNumber: wrong })).idNumber).toBe(wrong);
  });

  it('takes the fresher in the world within one authority', () => {
    const month = (worldTime: string, maritalStatus: string): Candidate =>
      says('civil', { maritalStatus }, { stream: 9, key: worldTime, worldTime });
    expect(golden(month('202609', '40'), month('202610', '20'), month('202608', '10')).maritalStatus).toBe('20');
  });

  it('takes what was learnt later between two sources of one domain', () => {
    const rows = [
      says('telecomA', { mobile: '15411111111' }, { domain: 'telecom', recordedAt: 1 }),
      says('telecomB', { mobile: '15422222222' }, { domain: 'telecom', recordedAt: 2 }),
    ];
    expect(golden(...rows).mobile).toBe('15422222222');
    expect(goldenOf(FIELDS, rows).conflicts[0]!.reason).toBe('freshness');
  });
});

describe('provenance', () => {
  it('points to the row of each field; a kept value to the run that brought it', () => {
    const row = says(
      'police',
      { name: '王小明', mobile: '15411111111' },
      { stream: 3, key: 'k', run: 8, states: 'mobile=K5' },
    );
    expect(JSON.parse(provenanceText(FIELDS, goldenOf(FIELDS, [row])))).toEqual({
      name: [3, 'k', '', 8],
      mobile: [3, 'k', '', 5],
    });
  });
});

describe('a conflict', () => {
  it('is there only where sources differ after normalisation', () => {
    const rows = [
      says('police', { name: '张小明', birthDate: '1980-01-02', maritalStatus: '21', sex: '1' }),
      says('telecom', { name: '張 小明', birthDate: '1980-01', maritalStatus: '20', sex: '0' }),
    ];
    expect(goldenOf(FIELDS, rows).conflicts).toEqual([]);
  });

  it('names the best row of every source, the chosen one first', () => {
    const rows = [
      says('telecom', { name: '王伟' }),
      says('property', { name: '王玮' }),
      says('police', { name: '王伟' }),
      says('civil', { name: '王某' }, { states: 'name=M' }),
    ];
    const [conflict] = goldenOf(FIELDS, rows).conflicts;
    expect(conflict!.reason).toBe('authority');
    expect(conflict!.rows.map((row) => row.source)).toEqual(['police', 'telecom', 'property']);
  });

  it('is none between rows of one source', () => {
    const rows = ['15411111111', '15422222222'].map((mobile) => says('telecom', { mobile }));
    expect(goldenOf(FIELDS, rows).conflicts).toEqual([]);
  });
});

it('does not depend on the order of rows', () => {
  const row = fc.record({
    source: fc.constantFrom('police', 'civil', 'telecom', 'property'),
    name: fc.constantFrom('王伟', '王玮', '王 伟'),
    mobile: fc.constantFrom('15411111111', '154****1111'),
    worldTime: fc.constantFrom('', '2026', '202609'),
  });
  const rows = fc
    .array(row, { maxLength: 6 })
    .map((list) =>
      list.map(({ source, name, mobile, worldTime }, i) =>
        says(
          source,
          { name, mobile },
          { key: `k${i}`, stream: 1, worldTime, states: mobile.includes('*') ? 'mobile=M' : null },
        ),
      ),
    );
  fc.assert(
    fc.property(
      rows.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        expect(goldenOf(FIELDS, shuffled)).toEqual(goldenOf(FIELDS, list));
      },
    ),
    { seed: 20261101, numRuns: 200 },
  );
});
