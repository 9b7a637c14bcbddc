import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalisePhone } from './phone.js';
import { normalisePlate } from './plate.js';

describe('telephone number', () => {
  it.each([
    ['13900000001', '13900000001', 'mobile'],
    ['+86 139-0000-0001', '13900000001', 'mobile'],
    ['008613900000001', '13900000001', 'mobile'],
    ['8613900000001', '13900000001', 'mobile'],
    ['13900000001', '13900000001', 'mobile'],
    ['013900000001', '13900000001', 'mobile'],
    ['13900000001/0571-88000001', '13900000001', 'mobile'],
    ['0571-88000001', '0571-88000001', 'landline'],
    ['(0571)88000001', '0571-88000001', 'landline'],
    ['057188000001', '0571-88000001', 'landline'],
    ['010 8800 0001', '010-88000001', 'landline'],
    ['+86-571-88000001', '0571-88000001', 'landline'],
    ['0571-88000001-123', '0571-88000001-123', 'landline'],
    ['0571-88000001转123', '0571-88000001-123', 'landline'],
    ['88000001', '88000001', 'local'],
    ['4008000001', '4008000001', 'service'],
    ['12345', '12345', 'service'],
  ])('%s is %s', (text, value, kind) => {
    expect(normalisePhone(text)).toEqual({ state: 'valid', value, kind });
  });

  it.each([
    ['138****0001', 'masked'],
    ['12900000001', 'invalid'],
    ['1390000000', 'invalid'],
    ['无', 'invalid'],
    [' ', 'empty'],
  ])('%s is %s', (text, state) => {
    expect(normalisePhone(text).state).toBe(state);
  });

  it('gives its own result back', () => {
    const piece = fc.constantFrom('+86', '0', '010', '0571', '-', '139', '0000', '0001', '8800', ' ', '转', '12');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const read = normalisePhone(pieces.join(''));
        if (read.state === 'valid') expect(normalisePhone(read.value!)).toEqual(read);
      }),
      { seed: 86, numRuns: 1000 },
    );
  });
});

describe('number plate', () => {
  it.each([
    ['京A·12345', '京A12345', false],
    ['京 a d12345', '京AD12345', true],
    ['浙A1234学', '浙A1234学', false],
  ])('%s is %s', (text, value, newEnergy) => {
    expect(normalisePlate(text)).toEqual({ state: 'valid', value, newEnergy });
  });

  it.each(['A12345', '京112345', '京A1234'])('%s is none', (text) => {
    expect(normalisePlate(text).state).toBe('invalid');
  });
});
