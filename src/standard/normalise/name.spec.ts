import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseName } from './name.js';
import { normaliseText } from './text.js';

describe('names', () => {
  it.each([
    ['张三', '张三'],
    [' 张 三 ', '张三'],
    ['张\u3000三', '张三'],
    ['𠮷田', '𠮷田'],
    ['㛃华', '㛃华'],
    ['阿依·买买提', '阿依·买买提'],
    ['阿依•买买提', '阿依·买买提'],
    ['阿依 . 买买提', '阿依·买买提'],
    ['阿依・买买提', '阿依·买买提'],
    ['John  Smith', 'John Smith'],
    ['JOHN', 'JOHN'],
    ['Jose\u0301', 'José'],
    // A compatibility ideograph becomes the unified one.
    ['\uf90a', '金'],
  ])('%s is %s', (text, value) => {
    expect(normaliseName(text)).toEqual({ state: 'VALUE', value });
  });

  it.each([
    ['张*', '张*'],
    ['张**', '张**'],
    ['张某某', '张某某'],
  ])('%s is masked', (text, value) => {
    expect(normaliseName(text)).toEqual({ state: 'MASKED_AT_SOURCE', value });
  });

  it('flags a private-use character and keeps it', () => {
    expect(normaliseName('张\ue863')).toEqual({ state: 'VALUE', value: '张\ue863', extra: { privateUse: true } });
  });

  it.each([
    ['张\ufffd', 'replacementCharacter'],
    ['张?明', 'lostCharacter'],
    ['990101195001010010', 'digitsInName'],
  ])('%s is refused: %s', (text, reason) => {
    expect(normaliseName(text)).toEqual({ state: 'INVALID', reason });
  });

  it('gives its own result back', () => {
    const unit = fc.constantFrom(
      '张',
      '三',
      '𠮷',
      '·',
      '•',
      '.',
      ' ',
      '\u3000',
      'A',
      'b',
      '\uf90a',
      '\ue863',
      'e',
      '\u0301',
      '*',
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 8 }), (units) => {
        const read = normaliseName(units.join(''));
        if (read.state === 'VALUE') expect(normaliseName(read.value)).toEqual(read);
      }),
      { seed: 3304, numRuns: 1000 },
    );
  });
});

describe('text', () => {
  it('is trimmed, single-spaced and composed', () => {
    expect(normaliseText('  a \t b\u00a0c ')).toEqual({ state: 'VALUE', value: 'a b c' });
    expect(normaliseText(' \u200b ')).toEqual({ state: 'EMPTY' });
    expect(normaliseText('x\ufffd').state).toBe('INVALID');
  });

  it('gives its own result back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const read = normaliseText(text);
        if (read.state === 'VALUE') expect(normaliseText(read.value)).toEqual(read);
      }),
      { seed: 3304 },
    );
  });
});
