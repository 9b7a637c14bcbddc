import { describe, expect, it } from '@jest/globals';
import type { Answer } from './answer.js';
import { flatten, type Line } from './flatten.js';

const lines = (answer: Answer): Line[] => flatten(answer).filter((row): row is Line => row.kind === 'value');
const masked = { access: 'MASKED', rule: 'r', level: 4, asOf: null, stale: false, unlock: null, state: 'VALUE' };

describe('flatten', () => {
  it('gives every value its title, code name, source and time', () => {
    const [id, sex] = lines({
      data: {
        resident: { id: 'a', sex: '1', provenance: [{ field: 'sex', source: 'police', asOf: '2026-11-24T00:00:00Z' }] },
      },
    });
    expect(id).toMatchObject({ label: { zh: '编号' }, value: 'a', source: null });
    expect(sex).toMatchObject({
      label: { zh: '性别', en: 'sex' },
      codeName: '男',
      source: 'police',
      asOf: '2026-11-24T00:00:00Z',
    });
  });

  it('puts a disclosure at its path, and at its objects only where it names them', () => {
    const found = lines({
      data: {
        resident: {
          id: 'a',
          idNumber: '9*',
          subscriptions: [
            { ref: 's1', msisdn: '1' },
            { ref: 's2', msisdn: '2' },
          ],
        },
      },
      extensions: {
        disclosure: [
          { ...masked, path: ['resident', 'idNumber'] },
          { ...masked, path: ['resident', 'subscriptions', 'msisdn'], ids: ['s2'] },
        ],
      },
    });
    expect(found.map(({ path, value, disclosure }) => [path.at(-1), value, disclosure.length])).toEqual([
      ['id', 'a', 0],
      ['idNumber', '9*', 1],
      ['msisdn', '1', 0],
      ['msisdn', '2', 1],
    ]);
  });

  it('keeps a missing list, an empty one and a plain value apart', () => {
    const found = lines({ data: { resident: { marriages: null, assistance: [] }, totalCount: 3 } });
    expect(found.map(({ path, value }) => [path.join('.'), value])).toEqual([
      ['resident.marriages', null],
      ['resident.assistance', []],
      ['totalCount', 3],
    ]);
  });

  it('numbers the objects of a list and looks through what only wraps', () => {
    const rows = flatten({ data: { residents: { nodes: [{ name: 'a' }, { name: 'b' }] } } });
    expect(rows.map((row) => (row.kind === 'heading' ? [row.label.en, row.position] : row.value))).toEqual([
      ['resident', null],
      ['resident', 1],
      'a',
      ['resident', 2],
      'b',
    ]);
  });
});
