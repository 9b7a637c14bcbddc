import { describe, expect, it } from '@jest/globals';
import { isWholeName, nameForm } from './name-form.js';

describe('nameForm', () => {
  it.each([
    ['王 小明', '王小明'],
    ['王\u3000小明', '王小明'],
    ['張小明', '张小明'],
    ['阿依古丽·买买提', '阿依古丽•买买提'],
    ['阿依古丽．买买提', '阿依古丽 买买提'],
    ['Ａnna ', 'ANNA'],
    ['王𠮷', '王吉'],
    ['王䶮', '王龑'],
  ])('%s and %s are one name', (a, b) => {
    expect(nameForm(a)).toBe(nameForm(b));
  });

  it('keeps names apart that only sound alike', () => {
    expect(nameForm('王伟')).not.toBe(nameForm('王玮'));
  });
});

describe('isWholeName', () => {
  it.each(['王*明', '王？', '王\ue000', '王\ufffd', '王', ''])('refuses %j', (name) => {
    expect(isWholeName(nameForm(name))).toBe(false);
  });
  it.each(['王伟', '阿依古丽·买买提', '𠮷田'])('takes %s', (name) => {
    expect(isWholeName(nameForm(name))).toBe(true);
  });
});
