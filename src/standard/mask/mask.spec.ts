import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  applyMask,
  generaliseToYear,
  maskAddress,
  maskCertificate,
  maskIdNumber,
  maskName,
  maskPhone,
} from './index.js';

describe('masks', () => {
  it.each([
    ['张三', '张*'],
    ['张三丰', '张**'],
    ['欧阳修', '欧阳*'],
    ['𠮷田', '𠮷*'],
    ['阿依·买买提', '阿**'],
    ['John Smith', 'J**'],
    ['张', '*'],
  ])('name %s is %s', (text, shown) => {
    expect(maskName(text)).toBe(shown);
  });

  it.each([
    ['990101195001010010', '9901**********0010'],
    ['990101**********10', '9901************10'],
    ['H12345678', 'H1*****78'],
    ['123', '***'],
  ])('ID number %s is %s', (text, shown) => {
    expect(maskIdNumber(text)).toBe(shown);
  });

  it.each([
    ['13900000001', '139****0001'],
    ['0571-88000001', '0571-****0001'],
    ['88000001', '****0001'],
    ['12345', '***45'],
  ])('phone %s is %s', (text, shown) => {
    expect(maskPhone(text)).toBe(shown);
  });

  it.each([
    ['测试区阳光路12号阳光花园3幢2单元501室', '测试区阳光路12号阳光花园3幢***'],
    ['阳光花园3-2-501', '阳光花园3***'],
    ['阳光花园12-1幢2单元501室', '阳光花园12-1幢***'],
    ['阳光花园三幢二单元五〇一室', '阳光花园三幢***'],
    ['阳光路123弄5号601室', '阳光路123弄5号***'],
    ['阳光路12号', '阳光路***'],
  ])('address %s is %s', (text, shown) => {
    expect(maskAddress(text)).toBe(shown);
  });

  it('generalises a birth date and shortens a certificate number', () => {
    expect(generaliseToYear('1950-01-01')).toBe('1950');
    expect(generaliseToYear('1950')).toBe('1950');
    expect(generaliseToYear('unknown')).toBeNull();
    expect(maskCertificate('J990101-2020-000001')).toBe('J9***************01');
    expect(applyMask('withhold', 'x')).toBeNull();
    expect(applyMask('year', '1950-01-01')).toBe('1950');
  });

  it('never shows six digits in a row of an ID number or a phone', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123456789X-*+'), maxLength: 30 }),
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 6, maxLength: 20 }),
    );
    fc.assert(
      fc.property(text, (value) => {
        expect(maskIdNumber(value)).not.toMatch(/\d{6}/);
        expect(maskPhone(value)).not.toMatch(/\d{6}/);
        expect(maskCertificate(value)).not.toMatch(/\d{6}/);
      }),
      { seed: 6, numRuns: 1000 },
    );
  });

  it('never shows unit or room', () => {
    const number = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(number, number, fc.integer({ min: 101, max: 3308 }), (building, unit, room) => {
        expect(maskAddress(`测试区阳光花园${building}幢${unit}单元${room}室`)).toBe(`测试区阳光花园${building}幢***`);
      }),
      { seed: 6 },
    );
  });
});
