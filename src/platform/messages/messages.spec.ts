import { describe, expect, it } from '@jest/globals';
import { MESSAGES, speak } from './index.js';

const LANGUAGES = ['zh', 'en'] as const;
const codes = Object.keys(MESSAGES);

describe('messages', () => {
  it('leave no empty place behind where the params were not kept', () => {
    for (const code of codes)
      for (const language of LANGUAGES) {
        const { text, cure } = speak(code, language);
        expect([code, `${text} ${cure}`]).toEqual([code, expect.not.stringMatching(/\{\w+\}/)]);
        expect([code, text]).toEqual([code, expect.not.stringMatching(/[(（][)）]/)]);
      }
  });

  it('take what is said as it is said', () => {
    const reason = 'Expected "{a}"';
    expect(speak('DATABASE_UNREACHABLE', 'en', { host: 'h', reason }).text).toContain(reason);
  });

  it('name commands so that they run when pasted', () => {
    for (const code of codes)
      for (const language of LANGUAGES) {
        const { text, cure } = speak(code, language);
        const bare = `${text}\n${cure}`.replaceAll(/npx --no-install isthmus [a-z]/g, '');
        expect([code, bare]).toEqual([code, expect.not.stringMatching(/(?<![\w/.-])isthmus [a-z]/)]);
      }
  });
});
