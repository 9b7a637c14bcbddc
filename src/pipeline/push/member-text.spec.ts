import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { memberTexts } from './member-text.js';

const memberText = (object: string, name: string): string | undefined => memberTexts(object).get(name);

describe('the text of a member', () => {
  it('is what was written, white space and escapes included', () => {
    const body = '{ "a" : "}\\"{",\n "b":[1, {"body":2}] }';
    expect(memberText(`{"header":{"body":"no"} , "body" : ${body}\n}`, 'body')).toBe(body);
    expect(memberText('{"x":1,"body":-1.5e3}', 'body')).toBe('-1.5e3');
    expect(memberText('{"x":{"body":1}}', 'body')).toBeUndefined();
    expect(memberText('{}', 'body')).toBeUndefined();
    expect(memberText('{"\\u0062ody":true}', 'body')).toBe('true');
  });

  it('is not read where a name stands twice, however it is written', () => {
    for (const twice of ['{"body":1,"body":2}', '{"body":1,"x":{},"\\u0062ody":2}', '{"x":1,"x":1}'])
      expect(() => memberTexts(twice)).toThrow(expect.objectContaining({ code: 'PUSH_EVENT' }));
  });

  it('means the member’s value, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.constantFrom('', ' ', '\t'), (before, value, space) => {
        const written = JSON.stringify(value, null, space);
        expect(
          memberText(
            JSON.stringify({ before, body: 0 }).replace(/0\}$/, () => `${written}}`),
            'body',
          ),
        ).toBe(written);
      }),
      { seed: 20261124, numRuns: 300 },
    );
  });
});
