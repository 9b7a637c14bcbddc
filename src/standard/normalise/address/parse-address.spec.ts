import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainNumber } from './dwelling-key.js';
import { readNumeral } from './numerals.js';
import { addressKeyOf, parseAddress, upToBuilding } from './parse-address.js';

const KEY = '990101|阳光花园|3|2|501';

describe('addresses', () => {
  it.each([
    '测试省测试市测试区东门街道阳光路12号阳光花园3幢2单元501室',
    '测试省测试市测试区东门街道东门第一社区阳光路12号阳光花园3栋2单元501',
    '测试市测试区东门街道阳光路12号阳光花园3号楼2单元5层501室',
    '测试区阳光花园3#2单元501',
    '阳光花园3#楼2单元501',
    '阳光花园3座2单元501室',
    '阳光花园三幢二单元五〇一室',
    '阳光花园三幢二单元五百零一室',
    '阳光花园3-2-501',
    '阳光花园3-2-501室',
    '阳光花园3幢2-501',
    '阳光花园3-2单元501',
    '阳光花园小区03幢02单元0501室',
    '阳光花园3幢2门501号',
    '阳光花园3幢2单元5层01室',
    '阳光花园3幢2单元5楼501',
    '阳光花园 3 幢 2 单元 501 室',
    '阳光花园3幢2单元501室(东户)',
    '阳光路阳光花园3幢2单元501室',
  ])('%s names one dwelling', (text) => {
    expect(addressKeyOf(parseAddress(text), '990101')).toBe(KEY);
  });

  it.each([
    ['测试区阳光路123弄5号601室', '990101|阳光路123弄|5|无|601'],
    ['测试区阳光花园3幢无单元501室', '990101|阳光花园|3|无|501'],
    ['测试区东湖花园C区3幢1单元101室', '990101|东湖花园C区|3|1|101'],
    ['测试区东湖花园二期十二号楼1单元101室', '990101|东湖花园2期|12|1|101'],
    ['测试区学院路小区3幢2单元501室', '990101|学院路小区|3|2|501'],
    ['测试区城市花园B座2单元2301', '990101|城市花园|B|2|2301'],
    ['测试区阳光路12-1号3幢2单元501室', '990101|阳光路12-1号|3|2|501'],
    ['测试区山前镇幸福新村12-1幢2单元501室', '990101|幸福新村|12-1|2|501'],
  ])('%s is %s', (text, key) => {
    expect(addressKeyOf(parseAddress(text))).toBe(key);
  });

  it.each([
    '阳光花园3幢501室',
    '阳光花园12号',
    '3幢2单元501室',
    '阳光路12号',
    '幸福村12号',
    '',
    '阳光花园',
    '-',
    '###',
  ])('%s has no key: a part is missing', (text) => {
    expect(addressKeyOf(parseAddress(text), '990101')).toBeNull();
  });

  it('does not assume a county where the text names another', () => {
    const text = '上海市浦东新区世纪大道88弄3号1202室';
    expect(parseAddress(text)).toMatchObject({ city: '上海市', county: '浦东新区', countyCode: null });
    expect(addressKeyOf(parseAddress(text), '990101')).toBeNull();
    expect(addressKeyOf(parseAddress('阳光花园3幢2单元501室'))).toBeNull();
  });

  it('gives every part', () => {
    expect(parseAddress('测试省测试市测试区东门街道东门第一社区阳光路12号阳光花园3幢2单元5层501室')).toEqual({
      province: '测试省',
      city: '测试市',
      county: '测试区',
      countyCode: '990101',
      street: '东门街道',
      community: '东门第一社区',
      road: '阳光路',
      doorNo: '12',
      estate: '阳光花园',
      building: '3',
      unit: '2',
      floor: '5',
      room: '501',
    });
  });

  it('makes the same key of every wording', () => {
    const building = fc.integer({ min: 1, max: 99 });
    const unit = fc.integer({ min: 1, max: 9 });
    const room = fc.tuple(fc.integer({ min: 1, max: 33 }), fc.integer({ min: 1, max: 8 }));
    fc.assert(
      fc.property(
        building,
        unit,
        room,
        fc.constantFrom('幢', '栋', '号楼', '#', '座'),
        fc.constantFrom('单元', '门'),
        fc.constantFrom('室', '', '号', '房'),
        fc.boolean(),
        (b, u, [storey, door], buildingWord, unitWord, roomWord, withFloor) => {
          const number = `${storey}${String(door).padStart(2, '0')}`;
          const floor = withFloor ? `${storey}层` : '';
          const text = `测试区阳光花园${b}${buildingWord}${u}${unitWord}${floor}${number}${roomWord}`;
          expect(addressKeyOf(parseAddress(text))).toBe(`990101|阳光花园|${b}|${u}|${number}`);
        },
      ),
      { seed: 23705, numRuns: 500 },
    );
  });

  it('never fails and always ends', () => {
    const unit = fc.constantFrom(...'测试省市区县街道镇社区路号弄幢栋座单元门层楼室#-—0123三十百零A 无小花园(,');
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (units) => {
        const text = units.join('');
        parseAddress(text);
        expect(text.replace(/ /g, '').startsWith(upToBuilding(text))).toBe(true);
      }),
      { seed: 23705, numRuns: 1000 },
    );
  });
});

describe('numbers of an address', () => {
  it.each([
    ['三', '3'],
    ['十', '10'],
    ['十二', '12'],
    ['二十三', '23'],
    ['一百零一', '101'],
    ['五〇一', '501'],
  ])('%s is %s', (text, number) => {
    expect(readNumeral(text)).toBe(number);
  });

  it.each([
    ['03', '3'],
    ['3幢', '3'],
    ['0501', '501'],
    ['b', 'B'],
    ['0', '0'],
    ['无', '无'],
  ])('%s is %s in a column', (text, number) => {
    expect(plainNumber(text)).toBe(number);
  });
});
