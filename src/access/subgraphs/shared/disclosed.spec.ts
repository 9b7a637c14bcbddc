import { describe, expect, it } from '@jest/globals';
import type { Decision } from '../../../governance/policy/index.js';
import { disclose, type Stored } from './disclosed.js';

const decision = (access: Decision['access']): Decision => ({ access, rule: 'r', level: 3, unlock: null });
const stored = (more: Partial<Stored>): Stored => ({
  value: 'v',
  exception: null,
  stale: false,
  unavailable: false,
  asOf: new Date(0),
  ...more,
});
const text = { type: 'text' } as const;

describe('disclosure', () => {
  it('has no word for a fresh value that is shown', () => {
    expect(disclose(text, decision('SHOWN'), stored({}))).toEqual({ value: 'v', entry: null });
  });

  it.each<[string, Partial<Stored>, unknown, string, boolean]>([
    ['stale', { stale: true }, 'v', 'VALUE', true],
    ['absent', { value: null }, null, 'ABSENT', false],
    ['absent of a stale source', { value: null, stale: true }, null, 'ABSENT', false],
    ['the source cannot be asked', { value: null, unavailable: true }, null, 'SOURCE_UNAVAILABLE', false],
    ['empty', { value: null, exception: { kind: 'EMPTY' } }, null, 'EMPTY', false],
    ['placeholder', { value: null, exception: { kind: 'PLACEHOLDER' } }, null, 'PLACEHOLDER', false],
    ['masked at the source', { exception: { kind: 'MASKED_AT_SOURCE' } }, 'v', 'MASKED_AT_SOURCE', false],
  ])('%s', (_, more, value, state, stale) => {
    expect(disclose(text, decision('SHOWN'), stored(more))).toMatchObject({ value, entry: { state, stale } });
  });

  it('says that a value was kept because the source masks it now', () => {
    const { value, entry } = disclose(text, decision('SHOWN'), stored({ exception: { kind: 'KEPT', run: 3 } }));
    expect([value, entry]).toMatchObject(['v', { state: 'VALUE', stale: true, rule: 'masked-now' }]);
  });

  it('lets nothing out of what is withheld, not even its state', () => {
    const { value, entry } = disclose(text, decision('WITHHELD'), stored({}));
    expect(value).toBeNull();
    expect(entry).not.toHaveProperty('state');
  });

  it('masks only through a mask, and generalises only what can be', () => {
    expect(disclose(text, decision('MASKED'), stored({})).value).toBeNull();
    expect(disclose({ type: 'partialDate' }, decision('GENERALISED'), stored({ value: '1950-02-03' })).value).toBe(
      '1950',
    );
    expect(disclose({ type: 'text' }, decision('GENERALISED'), stored({})).value).toBeNull();
    expect(disclose({ type: 'text' }, decision('VERIFY_ONLY'), stored({})).value).toBeNull();
  });
});
