import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { mayHaveDemoTokens } from './demo-gate.js';

const asked = (remoteAddress: string | undefined, headers: Record<string, string>): boolean =>
  mayHaveDemoTokens({ headers, socket: { remoteAddress } as IncomingMessage['socket'] });

describe('tokens of the demo', () => {
  it('go to this machine under its own names', () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.8.9.1'])
      for (const host of ['127.0.0.1:3000', 'localhost', 'LOCALHOST:3000', '[::1]:3000'])
        expect([address, host, asked(address, { host })]).toEqual([address, host, true]);
    expect(asked('127.0.0.1', { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(asked('127.0.0.1', { host: 'localhost:3000', origin: 'http://localhost:3000' })).toBe(true);
  });

  it('do not leave it', () => {
    for (const address of ['10.0.0.7', '::ffff:10.0.0.7', 'fe80::1', '1270.0.0.1', '', undefined])
      expect([address, asked(address, { host: 'localhost' })]).toEqual([address, false]);
  });

  it('are not given under a foreign name, which a page elsewhere may have bound to this machine', () => {
    const foreign = [
      'evil.example',
      'evil.example:3000',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '192.168.1.2',
    ];
    for (const host of [...foreign, '127.0.0.1@evil.example', '', '127.0.0.1:3000:1', 'localhost\n'])
      expect([host, asked('127.0.0.1', { host })]).toEqual([host, false]);
    expect(asked('127.0.0.1', {})).toBe(false);
  });

  it('are not given through a proxy or to a page of another origin', () => {
    const host = 'localhost:3000';
    for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'])
      expect(asked('127.0.0.1', { host, [name]: '127.0.0.1' })).toBe(false);
    for (const site of ['cross-site', 'same-site', 'none', ''])
      expect(asked('127.0.0.1', { host, 'sec-fetch-site': site })).toBe(false);
    for (const origin of ['http://evil.example', 'null', 'http://localhost:3001', 'https://localhost:3000'])
      expect(asked('127.0.0.1', { host, origin })).toBe(false);
  });
});
