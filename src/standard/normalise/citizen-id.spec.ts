import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { citizenIdCheck, normaliseCitizenId } from './citizen-id.js';

const day = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2025-12-31T00:00:00Z'),
  noInvalidDate: true,
});
/** A valid synthetic number: region 99, any day, any sequence. */
const number = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), day, fc.integer({ min: 1, max: 995 }))
  .map(([region, date, sequence]) => {
    const first17 = `99${String(region).padStart(4, '0')}${date.toISOString().slice(0, 10).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
    return first17 + citizenIdCheck(first17);
  });

describe('citizen identity number', () => {
  it.each([
    ['990101195001010010', '1950-01-01', '1'],
    ['990101196212310026', '1962-12-31', '2'],
    ['990101200002290038', '2000-02-29', '1'],
    ['990101198808080048', '1988-08-08', '2'],
    ['990101201010010053', '2010-10-01', '1'],
  ])('%s is valid', (text, birthDate, sex) => {
    expect(normaliseCitizenId(text)).toEqual({ state: 'valid', id18: text, scheme: 'CN_ID18', birthDate, sex });
  });

  it('reads the permit of a Hong Kong, Macao or Taiwan resident by its region', () => {
    expect(normaliseCitizenId('810000199901010014')).toMatchObject({ state: 'valid', scheme: 'HKMT_PERMIT', sex: '1' });
    expect(normaliseCitizenId('H12345678')).toMatchObject({
      state: 'permit',
      scheme: 'HKMT_PERMIT',
      text: 'H12345678',
    });
  });

  it('raises 15 digits to 18', () => {
    // The worked example of the rule, not a person: 110105 491231 002.
    expect(normaliseCitizenId('110105491231002')).toMatchObject({
      state: 'valid',
      id18: '11010519491231002X',
      scheme: 'CN_ID15',
      birthDate: '1949-12-31',
      sex: '2',
    });
  });

  it.each([
    ['11010519491231002x', 'lower-case x'],
    ['11010519491231002X', 'full-width'],
    [' 110105 19491231 002X ', 'blanks'],
    ["'11010519491231002X", 'apostrophe of a spreadsheet'],
    ['\ufeff11010519491231002X\u3000', 'byte-order mark and ideographic space'],
    ['11010519491231002Х', 'Cyrillic letter'],
  ])('repairs %s (%s)', (text) => {
    expect(normaliseCitizenId(text)).toMatchObject({ state: 'valid', id18: '11010519491231002X' });
  });

  it.each([
    ['990101195001010011', 'wrongCheck'],
    ['990101195013010010', 'invalid'],
    ['990101190002290010', 'invalid'],
    ['990101********0010', 'masked'],
    ['990101**********10', 'masked'],
    ['990101********0010', 'masked'],
    ['1.10105E+17', 'damaged'],
    ['990101195001011000', 'damaged'],
    ['', 'empty'],
    ['  ', 'empty'],
    ['91990101MA0000015C', 'company'],
    ['51990101000000019R', 'company'],
    ['无', 'invalid'],
    ['12345', 'invalid'],
  ])('%s is %s', (text, state) => {
    expect(normaliseCitizenId(text).state).toBe(state);
  });

  it('takes the number out of a disability certificate', () => {
    expect(normaliseCitizenId('99010119500101001042')).toMatchObject({
      state: 'valid',
      id18: '990101195001010010',
      scheme: 'DISABILITY20',
      disability: { category: '4', level: '2' },
    });
    expect(normaliseCitizenId('99010119500101001042B1').state).toBe('valid');
  });

  it('accepts exactly one check character', () => {
    fc.assert(
      fc.property(number, fc.constantFrom(...'0123456789X'), (id, check) => {
        const state = normaliseCitizenId(id.slice(0, 17) + check).state;
        expect(state === 'valid').toBe(check === id[17]);
      }),
      { seed: 11643 },
    );
  });

  it('gives its own result back', () => {
    fc.assert(
      fc.property(number, (id) => {
        const read = normaliseCitizenId(id.toLowerCase());
        expect(read.id18).toBe(id);
        expect(normaliseCitizenId(read.id18!)).toEqual(read);
      }),
      { seed: 11643 },
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        normaliseCitizenId(text);
      }),
      { seed: 11643 },
    );
  });
});
