import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rotateKeys } from '../../src/pipeline/rekey/index.js';
import { inboxAad } from '../../src/pipeline/push/index.js';
import { quarantineAad, subjectKeyId, SubjectKeys } from '../../src/pipeline/store/index.js';
import { secretsAad } from '../../src/pipeline/sync/index.js';
import type { Tx } from '../../src/platform/database/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import { Cli } from '../kit/cli.js';
import { testDatabase, type TestDatabase } from '../kit/postgres.js';
import { until } from '../kit/until.js';

const PEOPLE = 12_000;
let first: string;
let root: TestDatabase;
let databases = 0;
let db: TestDatabase;
let keysDir: string;
let keyring: Keyring;
let plain: Map<string, Buffer>;

const worker = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.database.withContext('worker', { actor: 'test' }, work);
const rotate = (ring: Keyring, signal = new AbortController().signal) =>
  rotateKeys({ database: db.database, keyring: ring, actor: 'test', signal, graceMs: 50, batchSize: 500 });
const openAgain = (): Promise<Keyring> => Keyring.open(keysDir, { create: false });
const versions = async (): Promise<number[]> =>
  (
    await db.admin<{ v: number }>(
      `SELECT DISTINCT get_byte(wrapped, 1) AS v FROM data.subject_key UNION SELECT get_byte(secrets, 1) FROM control.source
       UNION SELECT get_byte(body, 1) FROM data.quarantine UNION SELECT get_byte(body, 1) FROM data.push_inbox ORDER BY 1`,
    )
  ).map(({ v }) => v);
const events = async (): Promise<string[]> =>
  (await db.admin<{ code: string }>(`SELECT code FROM ledger.event ORDER BY at, id`)).map(({ code }) => code);

beforeAll(async () => {
  first = mkdtempSync(join(tmpdir(), 'isthmus-rotation-'));
  // One set of role passwords for the server, which the command line derives from its keys too.
  const ring = await Keyring.open(join(first, 'keys'));
  root = await testDatabase({ password: (role) => ring.databasePassword(role) });
});
afterAll(async () => {
  await root.close();
  rmSync(first, { recursive: true, force: true });
});

beforeEach(async () => {
  db = await root.another(`rotation_${++databases}`);
  keysDir = join(db.home, 'keys');
  cpSync(join(first, 'keys'), keysDir, { recursive: true });
  keyring = await Keyring.open(keysDir, { create: false });
  plain = new Map();
  const names = Array.from({ length: PEOPLE }, (_, i) => `p${i}`);
  const subjects = new SubjectKeys(keyring, 'police', worker);
  for (const [name, key] of await subjects.ensure(names)) plain.set(name, Buffer.from(key));
  await db.admin(
    `INSERT INTO control.adapter (hash, id, version, mapping_version, manifest, mapping) VALUES ('h', 'a', '1.0.0', '1', '', '')`,
  );
  await db.admin(
    `INSERT INTO control.source (id, adapter, adapter_hash, domain, settings, secrets) VALUES ('police', 'a', 'h', 'police', '{}', $1)`,
    [keyring.sealSecret('{"password":"p"}', secretsAad('police'))],
  );
  await db.admin(
    `INSERT INTO control.stream (id, source, name, mode, entity) OVERRIDING SYSTEM VALUE VALUES (1, 'police', 's', 'snapshot', 'Person')`,
  );
  for (let i = 0; i < 30; i += 1) {
    const id = Buffer.alloc(16, i);
    await db.admin(
      `INSERT INTO data.quarantine (stream, raw, run, reason, pointer, shape, body, last_run) VALUES (1, $1, 1, 'r', '/', 's', $2, 1)`,
      [id, keyring.sealSecret(`body ${i}`, quarantineAad(1, id))],
    );
    await db.admin(`INSERT INTO data.push_inbox (stream, event, body) VALUES (1, $1, $2)`, [
      id,
      keyring.sealSecret(`event ${i}`, inboxAad(1, id)),
    ]);
  }
});

/** Everything opens with the keys that the file holds now, to what it was. */
async function expectAllOpen(): Promise<void> {
  const ring = await openAgain();
  const people = await db.admin<{ person_key: string; wrapped: Buffer }>(
    `SELECT person_key, wrapped FROM data.subject_key`,
  );
  expect(people.length).toBeGreaterThanOrEqual(PEOPLE);
  const wrong = people.filter(
    ({ person_key, wrapped }) =>
      plain.get(person_key)?.equals(ring.unwrapSubjectKey(wrapped, subjectKeyId('police', person_key))) !== true,
  );
  expect(wrong).toEqual([]);
  const [source] = await db.admin<{ secrets: Buffer }>(`SELECT secrets FROM control.source`);
  expect(ring.openSecret(source!.secrets, secretsAad('police'))).toBe('{"password":"p"}');
  for (const { raw, body } of await db.admin<{ raw: Buffer; body: Buffer }>(`SELECT raw, body FROM data.quarantine`))
    expect(ring.openSecret(body, quarantineAad(1, raw))).toBe(`body ${raw[0]}`);
  for (const { event, body } of await db.admin<{ event: Buffer; body: Buffer }>(
    `SELECT event, body FROM data.push_inbox`,
  ))
    expect(ring.openSecret(body, inboxAad(1, event))).toBe(`event ${event[0]}`);
}

describe('a rotation of the key-encryption key', () => {
  it('brings everything under the new version while others seal and open, and forgets the old one', async () => {
    const running = await openAgain();
    const unwatch = running.watch(10);
    const before = running.fingerprint;
    let made = 0;
    let ended = false;
    const sealing = (async () => {
      const subjects = new SubjectKeys(running, 'police', worker);
      while (!ended) {
        const name = `new${made}`;
        const keys = await subjects.ensure([name]).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'KEYS_VERSION_RETIRED' });
          return null;
        });
        if (keys) plain.set(name, keys.get(name)!);
        if (keys) made += 1;
        const asked = await worker((tx) =>
          tx.query<{ wrapped: Buffer }>(`SELECT wrapped FROM data.subject_key WHERE person_key = $1`, [
            `p${made % PEOPLE}`,
          ]),
        );
        expect(running.unwrapSubjectKey(asked.rows[0]!.wrapped, `police/p${made % PEOPLE}`)).toHaveLength(32);
      }
    })();
    const rotation = await rotate(keyring);
    ended = true;
    await sealing;
    unwatch();
    expect(rotation).toMatchObject({ version: 2, phase: 'DONE' });
    expect(rotation!.rewrapped).toBeGreaterThanOrEqual(PEOPLE + 61);
    expect(made).toBeGreaterThan(5);
    expect(await versions()).toEqual([2]);
    const fresh = await openAgain();
    expect([fresh.versions, fresh.fingerprint === before]).toEqual([[2], false]);
    await expectAllOpen();
    expect(await events()).toEqual(['KEYS_ROTATION_STARTED', 'KEYS_ROTATED']);
  });

  it('is done once by two processes at the same time', async () => {
    const rings = [await openAgain(), await openAgain()];
    const done = await Promise.all(rings.map((ring) => rotate(ring)));
    expect(done.map((one) => one?.version)).toEqual([2, 2]);
    expect(done[0]!.rewrapped).toBe(PEOPLE + 61);
    await expectAllOpen();
    expect(await events()).toEqual(['KEYS_ROTATION_STARTED', 'KEYS_ROTATED']);
    expect((await rotate(await openAgain()))?.version).toBe(3);
    expect(await versions()).toEqual([3]);
    await expectAllOpen();
  });

  it('refuses what a process that slept through it would store under the old version', async () => {
    const asleep = await openAgain();
    await rotate(keyring);
    const late = new SubjectKeys(asleep, 'police', worker);
    await expect(late.ensure(['late'])).rejects.toMatchObject({ code: 'KEYS_VERSION_RETIRED' });
    const body = asleep.sealSecret('x', quarantineAad(1, Buffer.alloc(16)));
    await expect(
      worker((tx) => tx.query(`UPDATE data.quarantine SET body = $1 WHERE raw = $2`, [body, Buffer.alloc(16)])),
    ).rejects.toMatchObject({ code: '40001' });
    await asleep.refresh();
    expect((await late.ensure(['late'])).size).toBe(1);
  });

  it('goes on where it was killed', async () => {
    // A row in the middle is held, so that the process stands in the middle when it is killed.
    const cli = new Cli({
      ISTHMUS_DATA_DIR: join(db.home, 'data'),
      ISTHMUS_KEYS_DIR: keysDir,
      ISTHMUS_DATABASE_URL: db.adminUrl,
      ISTHMUS_LANG: 'en',
      ISTHMUS_DEMO: 'off',
    });
    const seen = async (): Promise<number> =>
      Number((await db.admin<{ seen: string }>(`SELECT seen FROM control.key_rotation`))[0]?.seen ?? 0);
    const [middle] = await db.admin<{ person_key: string }>(
      `SELECT person_key FROM data.subject_key ORDER BY source, person_key OFFSET ${PEOPLE / 2} LIMIT 1`,
    );
    let killed = false;
    const held = worker(async (tx) => {
      await tx.query(`SELECT FROM data.subject_key WHERE person_key = $1 FOR UPDATE`, [middle!.person_key]);
      const child = cli.spawn(['keys', 'rotate']);
      await until('the middle', async () => (await seen()) >= 4000 && (await seen()) < PEOPLE, { seconds: 50 });
      child.kill('SIGKILL');
      await new Promise((done) => (child.exitCode === null ? child.once('exit', done) : done(null)));
      killed = true;
    });
    await held;
    expect(killed).toBe(true);
    expect(await versions()).toEqual([1, 2]);
    expect((await openAgain()).versions).toEqual([1, 2]);
    await expectAllOpen(); // between, too
    const before = await seen();
    const status = await cli.json<{ rotation: { phase: string } }>(['keys', 'rotate', '--status']);
    expect(status.rotation.phase).toBe('REWRAPPING');
    const ended = await cli.json<{ version: number; rewrapped: number; seen: number }>(['keys', 'rotate']);
    expect(ended).toMatchObject({ version: 2, rewrapped: PEOPLE + 61, seen: PEOPLE + 61 });
    expect(before).toBeGreaterThanOrEqual(4000);
    expect(await versions()).toEqual([2]);
    await expectAllOpen();
  });
});
