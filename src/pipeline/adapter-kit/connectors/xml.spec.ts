import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { atPath, escapeXml, parseXml, textAt } from './xml.js';

describe('XML', () => {
  it('gives texts as texts, repeated elements as arrays, nil as null', () => {
    const xml = `<?xml version="1.0"?><n:A xmlns:n="urn:x" xmlns:xsi="http://x"><B>007</B><C> x </C><D/><E xsi:nil="true"/>
      <F k="v">t</F><G>1</G><G>2</G><H><![CDATA[<q>&amp;</q>]]></H><I><J/></I></n:A>`;
    expect(parseXml(xml)).toEqual({
      A: {
        B: '007',
        C: ' x ',
        D: '',
        E: null,
        F: { '@k': 'v', '#text': 't' },
        G: ['1', '2'],
        H: '<q>&amp;</q>',
        I: { J: '' },
      },
    });
  });

  it('carries any text there and back, once', () => {
    const text = fc.string({
      unit: fc.constantFrom('<', '>', '&', '"', "'", ';', 'a', '&amp;', '&#60;', ']]>', '𠮷', ' '),
    });
    fc.assert(
      fc.property(text, (value) => {
        const kept = textAt(parseXml(`<A>${escapeXml(value)}</A>`), 'A');
        expect(kept ?? '').toBe(value);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it.each([
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'doctype'],
    ['<a>&b;</a>', 'entity'],
    ['<a>&#0;</a>', 'entity'],
    ['<a>&#xD800;</a>', 'entity'],
    ['<a>AT&T</a>', 'malformed'],
    ['<a><__proto__><x>1</x></__proto__></a>', 'malformed'],
    ['<a><b></a>', 'malformed'],
    ['', 'malformed'],
    ['text', 'malformed'],
  ])('refuses %s', (xml, problem) => {
    expect(() => parseXml(xml)).toThrow(`xml: ${problem}`);
  });

  it('finds all values at a path', () => {
    expect(atPath({ A: { B: [{ C: '1' }, { C: ['2', '3'] }, 'x'] } }, 'A/B/C')).toEqual(['1', '2', '3']);
  });
});
