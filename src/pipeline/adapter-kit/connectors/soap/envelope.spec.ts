import { describe, expect, it } from '@jest/globals';
import { escapeXml } from '../xml.js';
import { returned } from './envelope.js';
import { hollow } from './hollow.js';

const inner = '<R><CODE>1</CODE><P><N>a&amp;b</N></P><P k="1"><N>&lt;</N></P><T>2</T></R>';
const soap = (content: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><n:opResponse xmlns:n="urn:x">${content}</n:opResponse></s:Body></s:Envelope>`;
const records = ['<P><N>a&amp;b</N></P>', '<P k="1"><N>&lt;</N></P>'];

describe('SOAP results', () => {
  it.each([
    ['escaped text', true, soap(`<return>${escapeXml(inner)}</return>`)],
    [
      'escaped text with a type',
      true,
      soap(`<n:return xsi:type="xsd:string" xmlns:xsi="http://x">${escapeXml(inner)}</n:return>`),
    ],
    ['a CDATA section', true, soap(`<return><![CDATA[${inner}]]></return>`)],
    [
      'two CDATA sections',
      true,
      soap(`<return><![CDATA[${inner.slice(0, 30)}]]><![CDATA[${inner.slice(30)}]]></return>`),
    ],
    ['elements', false, soap(inner)],
  ])('in %s come apart into records and the rest', (_what, embeddedXml, text) => {
    const result = returned(text, { embeddedXml, records: 'R/P' }, 's');
    expect(result.records).toEqual(records);
    expect(result.value).toEqual({ R: { CODE: '1', T: '2' } });
  });

  it.each([
    ['an undefined entity', soap('<return>&lt;R/&gt;&x;</return>')],
    ['a cut envelope', soap('<return>&lt;R/&gt;</return>').slice(0, -5)],
    ['a cut result', soap('<return>&lt;R&gt;</return>')],
    ['no result', soap('')],
  ])('with %s are refused', (_what, text) => {
    expect(() => returned(text, { embeddedXml: true, records: 'R/P' }, 's')).toThrow('CONNECTOR_BODY');
  });

  it('give the long text back and nothing else', () => {
    const { skeleton, fill } = hollow('<a><b>1</b><c>long &amp; longer</c></a>');
    expect(skeleton).toBe('<a><b>1</b><c>isthmus-long-text</c></a>');
    expect(fill('isthmus-long-text')).toBe('long & longer');
    expect(fill('1')).toBe('1');
    expect(hollow('<a>isthmus-long-text</a>').skeleton).toBe('<a>isthmus-long-text</a>');
  });
});
