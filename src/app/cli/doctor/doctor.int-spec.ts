import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXPIRED, SELF_SIGNED, TEST_KEY } from '../../../../test/kit/certificates.js';
import { testDatabase, type TestDatabase } from '../../../../test/kit/postgres.js';
import type { AdapterManifest } from '../../../pipeline/adapter-kit/index.js';
import { parseAdapter } from '../../../pipeline/conform/index.js';
import { readConfig } from '../../../platform/config/index.js';
import { Keyring } from '../../../platform/keys/index.js';
import { startPostgres } from '../../../platform/embedded-postgres/index.js';
import type { CommandContext } from '../context.js';
import { checkDisk, checkKeys } from './check-machine.js';
import { checkDatabaseSettings } from './check-settings.js';
import type { Finding } from './finding.js';
import { SOURCE_STEPS, type SourceStep } from './steps.js';
import { walkSource } from './walk-source.js';

interface Parts {
  levels?: string;
  fields?: string;
}

const MANIFEST = (connector: string, block: string, levels: string): string => `
id: seeded
vendor: test
version: 1.0.0
contractVersion: '1'
domain: property
kind: replicating
connector: ${connector}
streams:
  - name: people
    mode: snapshotDiff
    key: [no]
    graceScans: 1
    levels: ${levels}
    ${block}
`;
const MAPPING = (fields: string): string => `
contractVersion: '1'
adapter: seeded
version: 1.0.0
streams:
  people: {records: [{entity: Person, personKey: no, fields: {${fields}}}]}
`;
const FIELDS = 'name: {from: name, as: name}, sex: {from: sex, codes: sex}';

const adapter = (connector: string, block: string, { levels = '[2, 3]', fields = FIELDS }: Parts = {}) =>
  parseAdapter<AdapterManifest & Record<string, unknown>>(
    Buffer.from(MANIFEST(connector, block, levels)),
    Buffer.from(MAPPING(fields)),
  );

/** The walk in short: the code at the step that failed, and the steps that were not reached. */
async function examined(
  { manifest, mapping }: ReturnType<typeof adapter>,
  settings: Record<string, unknown>,
): Promise<{ failing: [SourceStep, string, Record<string, unknown>] | null; notReached: SourceStep[] }> {
  const steps = await walkSource({ manifest, mapping, settings });
  expect(steps.map(({ step }) => step)).toEqual(SOURCE_STEPS);
  const failing = steps.flatMap(({ step, found }) =>
    (found ?? []).flatMap((one): [SourceStep, string, Record<string, unknown>][] =>
      one.verdict === 'FAIL' ? [[step, one.code, one.params ?? {}]] : [],
    ),
  );
  expect(failing.length).toBeLessThanOrEqual(1);
  return {
    failing: failing[0] ?? null,
    notReached: steps.flatMap(({ step, found }) => (found === null ? [step] : [])),
  };
}

/** Everything after a step. */
const after = (step: SourceStep): SourceStep[] => SOURCE_STEPS.slice(SOURCE_STEPS.indexOf(step) + 1);

describe('a seeded fault is named by its own code, and what rests on it is not reached', () => {
  const people = [1, 2, 3].map((n) => ({ no: `${n}`, name: '测试', sex: '1' }));
  const open: Server[] = [];
  afterEach(() => {
    for (const server of open.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  const HTTP = `http: {path: /people, items: ''}`;
  const serve = async (
    body: unknown,
    { date, status = 200, tls }: { date?: Date; status?: number; tls?: { key: string; cert: string } } = {},
  ): Promise<{ baseUrl: string; token: string }> => {
    const answer: Parameters<typeof createServer>[1] = (request, response) => {
      response.sendDate = date === undefined;
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(date && { date: date.toUTCString() }),
      });
      const offset = Number(new URL(request.url!, 'http://x').searchParams.get('offset') ?? 0);
      response.end(typeof body === 'string' ? body : JSON.stringify(offset === 0 ? body : []));
    };
    const server = tls ? createSecureServer(tls, answer) : createServer(answer);
    open.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return { baseUrl: `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${port}`, token: 't' };
  };

  it('none: a healthy source passes every step', async () => {
    expect(await examined(adapter('http', HTTP), await serve(people))).toEqual({ failing: null, notReached: [] });
  });

  it('1 the name is not found: DOCTOR_DNS', async () => {
    const found = await examined(adapter('http', HTTP), { baseUrl: 'http://no-such-host.invalid', token: 't' });
    expect(found.failing).toEqual(['dns', 'DOCTOR_DNS', { host: 'no-such-host.invalid', reason: expect.any(String) }]);
    expect(found.notReached).toEqual(after('dns'));
  });

  it('2 nobody listens: DOCTOR_TCP', async () => {
    const settings = await serve(people);
    await new Promise((done) => open.splice(0)[0]!.close(done));
    const found = await examined(adapter('http', HTTP), settings);
    expect(found.failing).toEqual(['tcp', 'DOCTOR_TCP', expect.objectContaining({ reason: 'ECONNREFUSED' })]);
    expect(found.notReached).toEqual(after('tcp'));
  });

  it('3 the certificate is signed by nobody we trust: DOCTOR_TLS_UNTRUSTED', async () => {
    const settings = await serve(people, { tls: { key: TEST_KEY, cert: SELF_SIGNED } });
    const found = await examined(adapter('http', HTTP), settings);
    expect(found.failing).toEqual([
      'tls',
      'DOCTOR_TLS_UNTRUSTED',
      { host: 'localhost', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    ]);
    expect(found.notReached).toEqual(after('tls'));
  });

  it('4 the certificate has ended: DOCTOR_TLS_EXPIRED; there is no TLS at all: DOCTOR_TLS', async () => {
    const settings = await serve(people, { tls: { key: TEST_KEY, cert: EXPIRED } });
    expect((await examined(adapter('http', HTTP), settings)).failing).toEqual([
      'tls',
      'DOCTOR_TLS_EXPIRED',
      { host: 'localhost', date: '2021-01-01' },
    ]);
    const plain = (await serve(people)).baseUrl.replace('http:', 'https:');
    expect((await examined(adapter('http', HTTP), { baseUrl: plain, token: 't' })).failing?.slice(0, 2)).toEqual([
      'tls',
      'DOCTOR_TLS',
    ]);
  });

  it('5 the clocks are more than five minutes apart: DOCTOR_SOURCE_CLOCK', async () => {
    const settings = await serve(people, { date: new Date(Date.now() - 600_000) });
    const found = await examined(adapter('http', HTTP), settings);
    expect(found.failing?.slice(0, 2)).toEqual(['clock', 'DOCTOR_SOURCE_CLOCK']);
    expect(found.failing?.[2]['seconds']).toBeGreaterThan(590);
    expect(
      await examined(adapter('http', HTTP), await serve(people, { date: new Date(Date.now() - 200_000) })),
    ).toEqual({
      failing: null,
      notReached: [],
    });
  });

  it('9 the first page is empty: DOCTOR_SOURCE_EMPTY; or no answer to be read: CONNECTOR_BODY', async () => {
    const empty = await examined(adapter('http', HTTP), await serve([]));
    expect(empty.failing).toEqual(['first-page', 'DOCTOR_SOURCE_EMPTY', { stream: 'people' }]);
    expect(empty.notReached).toEqual(after('first-page'));
    const broken = await examined(adapter('http', HTTP), await serve('<html>maintenance</html>'));
    expect(broken.failing?.slice(0, 2)).toEqual(['first-page', 'CONNECTOR_BODY']);
  });

  it('10 no record can be mapped: DOCTOR_MAPPING_NONE', async () => {
    const found = await examined(adapter('http', HTTP), await serve(people.map((one) => ({ ...one, sex: 'X' }))));
    expect(found.failing).toEqual([
      'mapping',
      'DOCTOR_MAPPING_NONE',
      { stream: 'people', read: 3, first: 'MAPPING_UNKNOWN_CODE' },
    ]);
    expect(found.notReached).toEqual(['levels']);
  });

  it('11 a field’s level is not declared: DOCTOR_LEVEL', async () => {
    const settings = await serve(people.map((one) => ({ ...one, id: '990101195001010010' })));
    const fields = `${FIELDS}, idNumber: {from: id, as: citizenId}`;
    const found = await examined(adapter('http', HTTP, { fields }), settings);
    expect(found.failing).toEqual(['levels', 'DOCTOR_LEVEL', { stream: 'people', field: 'Person.idNumber', level: 4 }]);
  });

  it('a file delivery lost a column that is mapped: DOCTOR_SCHEMA', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'isthmus-doctor-'));
    writeFileSync(join(directory, 'people_1.csv'), 'no,name\n1,测试\n');
    const found = await examined(adapter('file', `file: {pattern: 'people_*.csv', format: csv}`), { directory });
    expect(found.failing).toEqual(['schema', 'DOCTOR_SCHEMA', { stream: 'people', fields: 'sex' }]);
    rmSync(directory, { recursive: true });
  });
});

describe('a database as a source, and our own', () => {
  let db: TestDatabase;
  const SQL = `sql: {orderBy: 'no', select: 'SELECT no, name, sex FROM estate.people'}`;
  beforeAll(async () => {
    db = await testDatabase();
    await db.admin(`CREATE SCHEMA estate`);
    await db.admin(`CREATE TABLE estate.people (no text, name text, sex text)`);
    await db.admin(`INSERT INTO estate.people VALUES ('1', '测试', '1')`);
    await db.admin(`CREATE ROLE reader LOGIN PASSWORD 'right'`);
    await db.admin(`GRANT USAGE ON SCHEMA estate TO reader`);
  });
  afterAll(() => db.close());
  const settings = (more: Record<string, unknown> = {}) => {
    const url = new URL(db.adminUrl);
    return {
      engine: 'postgresql',
      host: url.hostname,
      port: Number(url.port),
      database: url.pathname.slice(1),
      user: 'reader',
      password: 'right',
      ...more,
    };
  };

  it('6 the password is wrong: CONNECTOR_AUTH', async () => {
    const found = await examined(adapter('sql', SQL), settings({ password: 'wrong' }));
    expect(found.failing?.slice(0, 2)).toEqual(['auth', 'CONNECTOR_AUTH']);
    expect(found.notReached).toEqual(after('auth'));
  });

  it('7 the user may not read: CONNECTOR_OBJECT_FORBIDDEN', async () => {
    const found = await examined(adapter('sql', SQL), settings());
    expect(found.failing).toEqual([
      'permission',
      'CONNECTOR_OBJECT_FORBIDDEN',
      expect.objectContaining({ object: 'people' }),
    ]);
    expect(found.notReached).toEqual(after('permission'));
  });

  it('8 a column is missing: CONNECTOR_OBJECT_MISSING', async () => {
    await db.admin(`GRANT SELECT ON estate.people TO reader`);
    expect(await examined(adapter('sql', SQL), settings())).toEqual({ failing: null, notReached: [] });
    await db.admin(`ALTER TABLE estate.people RENAME sex TO gender`);
    const found = await examined(adapter('sql', SQL), settings());
    expect(found.failing).toEqual(['schema', 'CONNECTOR_OBJECT_MISSING', expect.objectContaining({ object: 'sex' })]);
    expect(found.notReached).toEqual(after('schema'));
  });

  it('wants encryption and the server has none: DOCTOR_TLS', async () => {
    const found = await examined(adapter('sql', SQL), settings({ ssl: 'verify' }));
    expect(found.failing).toEqual(['tls', 'DOCTOR_TLS', { host: '127.0.0.1', reason: 'no TLS' }]);
  });

  const context = (): CommandContext => ({
    config: { ...readConfig(), dataDir: db.home, keysDir: join(db.home, 'doctor-keys') },
    language: 'en',
    json: true,
    words: (_zh, en) => en,
  });
  const codes = (findings: readonly Finding[]): (string | null)[] => findings.map(({ code }) => code);

  it('12 the disk has less room than it needs: DOCTOR_DISK', () => {
    expect(checkDisk(context(), { enoughMb: 1, leastMb: 1 })).toMatchObject({ verdict: 'OK', code: null });
    expect(checkDisk(context(), { enoughMb: 1e12, leastMb: 1e12 })).toMatchObject({
      verdict: 'FAIL',
      code: 'DOCTOR_DISK',
      cure: expect.stringContaining('ISTHMUS_DATA_DIR'),
    });
  });

  it('13 the keys have no backup, or none since they were changed: DOCTOR_KEYS_BACKUP', async () => {
    mkdirSync(join(db.home, 'doctor-keys'), { mode: 0o700 });
    const keyring = await Keyring.open(join(db.home, 'doctor-keys'));
    expect(codes(await checkKeys(context()))).toEqual([null, 'DOCTOR_KEYS_BACKUP']);
    await keyring.backup(join(db.home, 'copy.json'));
    expect(codes(await checkKeys(context()))).toEqual([null, null]);
    await keyring.introduceVersion(2);
    expect(codes(await checkKeys(context()))).toEqual([null, 'DOCTOR_KEYS_BACKUP']);
  });

  it('14 the database does not keep what it confirms, or lets too few in: DOCTOR_DURABILITY, DOCTOR_CONNECTIONS', async () => {
    expect(codes(await checkDatabaseSettings(context(), db.adminUrl))).toEqual(['DOCTOR_DURABILITY']);
    const dataDir = mkdtempSync(join(tmpdir(), 'isthmus-doctor-'));
    const server = await startPostgres({
      dataDir: join(dataDir, 'pg'),
      password: 'test-only',
      settings: { max_connections: '20' },
    });
    try {
      expect(codes(await checkDatabaseSettings(context(), server.url()))).toEqual(['DOCTOR_CONNECTIONS']);
    } finally {
      await server.stop('immediate');
      rmSync(dataDir, { recursive: true });
    }
  });
});
