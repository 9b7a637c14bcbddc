import { describe, expect, it } from '@jest/globals';
import { ByteScanner } from './scan-bytes.js';

const NO = '990101197101188640';
const scan = (...chunks: string[]): ByteScanner => {
  const scanner = new ByteScanner({ idNumbers: [NO], secrets: ['correct horse'] });
  for (const chunk of chunks) scanner.take(Buffer.from(chunk), 'here');
  return scanner;
};

describe('the byte scanner', () => {
  it('finds a number wherever it stands, with a wrong check digit and in its old form', () => {
    for (let before = 0; before < 40; before++) {
      expect(scan(`${'x'.repeat(before)}${NO}`).found.idNumber).toBe(1);
      expect(scan(`${'7'.repeat(before)}${NO.slice(0, 17)}X\u0000`).found.idNumber).toBe(1);
      expect(scan(`${'-'.repeat(before)}990101710118864.`).found.oldNumber).toBe(1);
    }
  });

  it('finds nothing where there is nothing', () => {
    expect(scan('990101197101188', '123456789012345678', 'x'.repeat(1000)).total).toBe(0);
  });

  it('finds secrets as bytes, hex, UTF-16 and base64', () => {
    const secret = Buffer.from('correct horse');
    for (const form of [secret.toString(), secret.toString('hex'), secret.toString('base64')])
      expect(scan(`a ${form} b`).found.secret).toBe(1);
    const wide = new ByteScanner({ idNumbers: [], secrets: ['correct horse'] });
    wide.take(Buffer.from('correct horse', 'utf16le'), 'here');
    expect(wide.found.secret).toBe(1);
    expect([...wide.where]).toEqual(['here']);
  });
});
