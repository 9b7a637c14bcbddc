import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Secret } from '../../kernel/index.js';
import { speakError } from '../../messages/index.js';
import { Keyring } from '../keyring.js';
import { chooseKeyEncryption, type KeySettings } from './choose-encryption.js';
import type { KeyEncryption } from './key-encryption.js';

const PROGRAM = join(dirname(fileURLToPath(import.meta.url)), '..', 'testing', 'key-program.mjs');
const KEY = 'ab'.repeat(32);
const coded = (code: string) => expect.objectContaining({ code });

let root: string;
let dir: string;
const open: KeyEncryption[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'isthmus-kek-'));
  dir = join(root, 'keys');
});
afterEach(async () => {
  open.splice(0).forEach((one) => one.close());
  await rm(root, { recursive: true, force: true });
});

const settings = (changes: Partial<KeySettings>): KeySettings => ({
  ...{ provider: 'file', secret: null, command: null, deadlineMs: 20_000, environment: {} },
  ...changes,
});
const kept = (encryption: KeyEncryption): KeyEncryption => (open.push(encryption), encryption);
const env = (secret = 'mqV8zRr1Yt7uWp0oKd3Lx5Nc9Be2Hg6J'): KeyEncryption =>
  kept(chooseKeyEncryption(settings({ provider: 'env', secret: new Secret(secret) })));
const command = (args: string[] = [], key = KEY, deadlineMs = 20_000): KeyEncryption => {
  const words = JSON.stringify([process.execPath, PROGRAM, key, ...args]);
  return kept(chooseKeyEncryption(settings({ provider: 'command', command: words, deadlineMs })));
};

describe.each([
  ['env', () => env(), () => env('Another0Secret1That2Is3Long4Enough5x')],
  ['command', () => command(), () => command([], 'cd'.repeat(32))],
] as const)('the provider %s', (name, right, wrong) => {
  it('protects the root keys: the file shows none, the right key opens, another does not', async () => {
    const ring = await Keyring.open(dir, { encryption: right() });
    const sealed = ring.sealSecret('s', 'a');
    const backup = join(root, 'backup.json');
    await ring.backup(backup);
    const stored = await readFile(join(dir, 'keyring.json'), 'utf8');
    const clear = JSON.parse(await readFile(backup, 'utf8')) as { index: string; service: string };
    expect(JSON.parse(stored)).toMatchObject({ format: 2, provider: name, fingerprint: ring.fingerprint });
    for (const key of [clear.index, clear.service]) expect(stored).not.toContain(key);

    const again = await Keyring.open(dir, { create: false, encryption: right() });
    expect(again.openSecret(sealed, 'a')).toBe('s');
    const failure = await Keyring.open(dir, { create: false, encryption: wrong() }).catch((error: unknown) => error);
    expect(failure).toEqual(coded(name === 'env' ? 'KEK_WRONG' : 'KEK_COMMAND_FAILED'));
    expect(speakError(failure, 'en').cure).not.toBe('');
  });

  it('gives back any key in its own context only', async () => {
    const encryption = right();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 64 }), async (bytes) => {
        const key = Buffer.from(bytes);
        const wrapped = await encryption.wrap(key, 'isthmus/kek/1');
        expect(await encryption.unwrap(wrapped, 'isthmus/kek/1')).toEqual(key);
        await expect(encryption.unwrap(wrapped, 'isthmus/kek/2')).rejects.toBeDefined();
      }),
      { seed: 20_260_101, numRuns: 20 },
    );
  });

  it('is not mistaken for another', async () => {
    await Keyring.open(dir, { encryption: right() });
    await expect(Keyring.open(dir)).rejects.toEqual(coded('KEK_PROVIDER_DIFFERS'));
    const before = await Keyring.open(dir, { encryption: right() });
    const sealed = before.sealSecret('s', 'a');
    const to = name === 'env' ? command() : env();
    await before.moveTo(to);
    const after = await Keyring.open(dir, { encryption: to });
    expect(after.openSecret(sealed, 'a')).toBe('s');
    expect(after.fingerprint).toBe(before.fingerprint);
  });

  it('rotates: another process learns of each step by reading the file again', async () => {
    const [ring, other] = [
      await Keyring.open(dir, { encryption: right() }),
      await Keyring.open(dir, { encryption: right() }),
    ];
    const old = ring.sealSecret('s', 'a');
    await ring.introduceVersion(2);
    expect([await other.refresh(), other.keyVersion, other.versions]).toEqual([true, 1, [1, 2]]);
    await ring.sealWith(2);
    expect([await other.refresh(), other.keyVersion]).toEqual([true, 2]);
    await ring.retireBefore(2);
    expect([await other.refresh(), other.versions]).toEqual([true, [2]]);
    expect(await other.refresh()).toBe(false);
    expect(other.openSecret(old, 'a')).toBe('s'); // what it has read already
    const fresh = await Keyring.open(dir, { encryption: right() });
    expect(() => fresh.openSecret(old, 'a')).toThrow(coded('KEYS_VERSION_UNKNOWN'));
    expect(fresh.openSecret(other.sealSecret('t', 'a'), 'a')).toBe('t');
  });
});

describe('a secret', () => {
  it.each(['short', 'a'.repeat(40), 'change-me-change-me-change-me-please', 'my-isthmus-password-of-2026-abcdef'])(
    'that is weak or a default is refused: %s',
    (secret) => expect(() => env(secret)).toThrow(coded('KEK_SECRET_WEAK')),
  );

  it('that is not set is named', () => {
    expect(() => chooseKeyEncryption(settings({ provider: 'env' }))).toThrow(coded('KEK_SETTING_MISSING'));
    expect(() => chooseKeyEncryption(settings({ provider: 'command' }))).toThrow(coded('KEK_SETTING_MISSING'));
    expect(() => chooseKeyEncryption(settings({ provider: 'command', command: '[1]' }))).toThrow(
      coded('SETTING_INVALID'),
    );
  });
});

describe('an external program', () => {
  it.each([
    ['dies', 'KEK_COMMAND_FAILED'],
    ['babbles', 'KEK_COMMAND_FAILED'],
  ])('that %s is refused with a cure', async (fault, code) => {
    const failure = await Keyring.open(dir, { encryption: command([fault]) }).catch((error: unknown) => error);
    expect(failure).toEqual(coded(code));
    expect(speakError(failure, 'zh').cure).not.toBe('');
  });

  it('that never answers is left at the deadline', async () => {
    const began = Date.now();
    const failure = await Keyring.open(dir, { encryption: command(['silent'], KEY, 300) }).catch(
      (error: unknown) => error,
    );
    expect(failure).toEqual(coded('KEK_COMMAND_SILENT'));
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it('that is not there is named', async () => {
    const encryption = chooseKeyEncryption(settings({ provider: 'command', command: '/nowhere/kms-adapter --x' }));
    await expect(Keyring.open(dir, { encryption })).rejects.toEqual(coded('KEK_COMMAND_MISSING'));
  });

  it('that gives back other keys is found out', async () => {
    await Keyring.open(dir, { encryption: command() });
    await expect(Keyring.open(dir, { encryption: command(['lies']) })).rejects.toEqual(coded('KEK_WRONG'));
  });

  it('is started again when it has ended, kept otherwise, and given none of our settings', async () => {
    const [often, kept] = [join(root, 'often'), join(root, 'kept')];
    await Keyring.open(dir, { encryption: command(['once', often]) });
    expect((await readFile(often, 'utf8')).trim().split('\n').length).toBeGreaterThan(3);
    await Keyring.open(dir, { encryption: command(['none', kept]) });
    expect(await readFile(kept, 'utf8')).toMatch(/^\d+ -\n$/);
  });
});
