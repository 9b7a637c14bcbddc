import { describe, expect, it } from '@jest/globals';
import { validateValues } from './validate.js';

const person = {
  name: '张三',
  idType: '111',
  idNumber: '990101195001010010',
  sex: '1',
  birthDate: '1950-01',
  ethnicity: '01',
  nationality: 'CHN',
  maritalStatus: '20',
  mobile: '13900000001',
  lifeStatus: 'alive',
};

describe('validation', () => {
  it('passes what the standard allows', () => {
    expect(validateValues('Person', person)).toBeNull();
    expect(validateValues('Person', { ...person, formerName: null })).toBeNull();
    expect(
      validateValues('SocialAssistance', { amount: '350.5', isBeneficiary: true, payMonth: '2026-09' }),
    ).toBeNull();
    expect(validateValues('Person', { name: '𠮷'.repeat(50) })).toBeNull();
    expect(validateValues('Person', {})).toBeNull();
  });

  it.each([
    [{ sex: '3' }, { field: 'sex', rule: 'code' }],
    [{ birthDate: '1950-13' }, { field: 'birthDate', rule: 'pattern' }],
    [{ name: '张'.repeat(51) }, { field: 'name', rule: 'maxLength' }],
    [{ name: 5 }, { field: 'name', rule: 'type' }],
    [{ religion: '10' }, { field: 'religion', rule: 'unknownField' }],
    [{ mobile: '139****0001' }, { field: 'mobile', rule: 'pattern' }],
  ])('refuses %p', (change, violation) => {
    expect(validateValues('Person', { ...person, ...change })).toEqual(violation);
  });

  it('lets a masked text stand where a text is stored', () => {
    const masked = { idNumber: 'MASKED_AT_SOURCE', mobile: 'MASKED_AT_SOURCE' };
    const values = { ...person, mobile: '139****0001', idNumber: '990101********0010' };
    expect(validateValues('Person', values, masked)).toBeNull();
    expect(validateValues('Person', { ...values, sex: 'x' }, masked)).toEqual({ field: 'sex', rule: 'code' });
    expect(
      validateValues('MarriageRecord', { operationDate: '2020-**-**' }, { operationDate: 'MASKED_AT_SOURCE' }),
    ).toEqual({
      field: 'operationDate',
      rule: 'masked',
    });
  });
});
