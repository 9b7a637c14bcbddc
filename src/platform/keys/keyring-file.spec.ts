import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { speakError } from '../messages/index.js';
import { Keyring } from './keyring.js';

let root: string;
let dir: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'isthmus-keys-'));
  dir = join(root, 'deep', 'keys');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const coded = (code: string) => expect.objectContaining({ code });

describe('the key directory', () => {
  it('is made private, and so is the file; no draft stays behind', async () => {
    await Keyring.open(dir);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    expect((await stat(join(dir, 'keyring.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dir)).toEqual(['keyring.json']);
  });

  it('gives twenty openers at once the same keys', async () => {
    const rings = await Promise.all(Array.from({ length: 20 }, () => Keyring.open(dir)));
    expect(new Set(rings.map((ring) => ring.fingerprint)).size).toBe(1);
  });

  it('is refused while others can enter it', async () => {
    await mkdir(dir, { recursive: true, mode: 0o750 });
    const failure = await Keyring.open(dir).catch((error: unknown) => error);
    expect(failure).toEqual(coded('KEYS_DIR_MODE'));
    expect(speakError(failure, 'zh').text).toContain('0750');
  });

  it('is refused while others can read the file', async () => {
    await Keyring.open(dir);
    await chmod(join(dir, 'keyring.json'), 0o640);
    await expect(Keyring.open(dir)).rejects.toEqual(coded('KEYS_FILE_MODE'));
  });

  it('is not invented anew for a database that already holds sealed values', async () => {
    await expect(Keyring.open(dir, { create: false })).rejects.toEqual(coded('KEYS_MISSING'));
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await expect(Keyring.open(dir, { create: false })).rejects.toEqual(coded('KEYS_MISSING'));
  });

  it.each(['', '{', '{"format":2}', '{"format":1,"kek":[],"index":"","service":""}'])(
    'refuses a damaged file: %j',
    async (text) => {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await writeFile(join(dir, 'keyring.json'), text, { mode: 0o600 });
      const failure = (await Keyring.open(dir).catch((error: unknown) => error)) as Error;
      expect(failure).toEqual(coded('KEYS_DAMAGED'));
      expect(failure.cause).toBeUndefined();
      expect(await readFile(join(dir, 'keyring.json'), 'utf8')).toBe(text);
    },
  );
});

describe('a backup', () => {
  it('restores all keys, is noted, and is out of date after a rotation', async () => {
    const ring = await Keyring.open(dir);
    expect(await ring.backupStatus()).toEqual({ state: 'none' });
    const file = join(root, 'isthmus-keys.backup');
    await ring.backup(file, new Date('2026-01-02T03:04:05Z'));
    expect(await ring.backupStatus()).toEqual({
      state: 'current',
      at: '2026-01-02T03:04:05.000Z',
      fingerprint: ring.fingerprint,
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await expect(ring.backup(file)).rejects.toEqual(coded('KEYS_BACKUP_EXISTS'));

    const elsewhere = join(root, 'restored');
    await mkdir(elsewhere, { mode: 0o700 });
    await writeFile(join(elsewhere, 'keyring.json'), await readFile(file), { mode: 0o600 });
    const restored = await Keyring.open(elsewhere, { create: false });
    expect(restored.openSecret(ring.sealSecret('s', 'a'), 'a')).toBe('s');

    await ring.introduceVersion(2);
    expect(await ring.backupStatus()).toMatchObject({ state: 'outdated' });
  });
});
