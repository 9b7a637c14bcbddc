import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TownFile } from './cli/town-file.js';
import { RunningTown } from './testing/running-town.js';

// Not a setting of the program: whether this run may skip what the machine lacks.
// eslint-disable-next-line no-restricted-properties
const MUST_HAVE_ALL = process.env['CI'] === 'true';

const has = (command: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;

/** A test with foreign programs: skipped with one line where one is missing, a failure in CI. */
function withCommands(commands: string[], title: string, work: () => void): void {
  const missing = commands.filter((command) => !has(command));
  if (missing.length === 0) return it(title, work);
  if (MUST_HAVE_ALL) {
    return it(title, () => {
      throw new Error(`CI needs ${missing.join(' and ')}`);
    });
  }
  process.stderr.write(`skipped: ${title} — ${missing.join(' and ')} not installed\n`);
  return it.skip(title, work);
}

/** Runs a program; its standard output as bytes. */
function run(command: string, words: string[], options: { input?: string; env?: Record<string, string> } = {}): Buffer {
  const done = spawnSync(command, words, {
    maxBuffer: 1 << 28,
    ...(options.input === undefined ? {} : { input: options.input }),
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8', ...options.env },
  });
  if (done.status !== 0) throw new Error(`${command} ended with ${done.status}: ${done.stderr.toString()}`);
  return done.stdout;
}

describe('each protocol read by a program that is not ours', () => {
  let town: RunningTown;
  let file: TownFile;
  beforeAll(async () => {
    town = new RunningTown();
    town.launch('--people', '400', '--seed', '11');
    file = await town.answering();
  });
  afterAll(() => town.clear());
  const setting = (source: keyof TownFile['sources'], name: string): string =>
    String(file.sources[source].settings[name]);
  const keys = (source: string): number =>
    town
      .run('truth', '--ndjson')
      .stdout.trim()
      .split('\n')
      .flatMap((line) => (JSON.parse(line) as { records: { source: string; key: string }[] }).records)
      .filter((record) => record.source === source && !record.key.includes('#')).length;

  withCommands(['psql'], 'psql reads the property tables', () => {
    const connection = [
      '-h',
      setting('property', 'host'),
      '-p',
      setting('property', 'port'),
      '-U',
      setting('property', 'user'),
    ];
    const sql = "SELECT count(*) FROM building_owner WHERE status_cd = '0' AND person_type = 'P' AND owner_flag = 'T'";
    const out = run('psql', [...connection, '-d', setting('property', 'database'), '-AtXc', sql], {
      env: { PGPASSWORD: setting('property', 'password') },
    });
    expect(Number(out.toString())).toBe(keys('property'));
  });

  withCommands(['curl'], 'curl reads the telecom interface, and is refused without a token', () => {
    const url = `${setting('telecom', 'baseUrl')}/party/v4/individual?offset=0&limit=5000`;
    const config = `header = "Authorization: Bearer ${setting('telecom', 'token')}"\n`;
    const out = run('curl', ['-sS', '-D', join(town.dir, 'headers'), '--config', '-', url], {
      input: config,
    }).toString();
    const headers = readFileSync(join(town.dir, 'headers'), 'latin1');
    expect(JSON.parse(out)).toHaveLength(keys('telecom'));
    expect(headers).toContain(`X-Total-Count: ${keys('telecom')}`);
    const status = run('curl', ['-sS', '-o', join(town.dir, 'refused'), '-w', '%{http_code}', url]).toString();
    expect(status).toBe('401');
  });

  withCommands(['iconv'], 'iconv reads the police files as strict GB18030', () => {
    for (const name of ['CZRKJBXXB_20261101.csv', 'HXXB_20261101.csv']) {
      const path = join(setting('police', 'directory'), name);
      const text = run('iconv', ['-f', 'GB18030', '-t', 'UTF-8', path]).toString('utf8');
      const rows = text.split('\r\n').length - 2;
      expect(readFileSync(`${path}.ok`, 'latin1')).toBe(`rows=${rows}\n`);
      const back = run('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: text });
      expect(back.equals(readFileSync(path))).toBe(true);
    }
  });

  withCommands(
    ['curl', 'xmllint'],
    'curl and xmllint read the civil services: WSDL, envelope and the XML within',
    () => {
      const endpoint = setting('civil', 'endpoint');
      for (const address of [endpoint, setting('civil', 'marryEndpoint')]) {
        const wsdl = run('curl', ['-sSf', `${address}?wsdl`]).toString();
        const location = run('xmllint', ['--xpath', 'string(//*[local-name()="address"]/@location)', '-'], {
          input: wsdl,
        });
        expect(location.toString().trim()).toBe(address);
      }
      const credentials = `<userId>${setting('civil', 'userId')}</userId><passWord>${setting('civil', 'passWord')}</passWord>`;
      const envelope =
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
        `<sam:getSamFamilyInfoByMonth xmlns:sam="http://sam.service.civil.town.test">${credentials}` +
        '<month>2026-09</month><start>0</start><limit>1000</limit></sam:getSamFamilyInfoByMonth></soapenv:Body></soapenv:Envelope>';
      const call = [
        '-sSf',
        '-H',
        'Content-Type: text/xml; charset=utf-8',
        '-H',
        'SOAPAction: "urn:getSamFamilyInfoByMonth"',
      ];
      const answer = run('curl', [...call, '--data-binary', '@-', endpoint], { input: envelope }).toString();
      const inner = run('xmllint', ['--xpath', 'string(//*[local-name()="return"])', '-'], { input: answer });
      writeFileSync(join(town.dir, 'inner.xml'), inner);
      const ask = (path: string): string =>
        run('xmllint', ['--xpath', path, join(town.dir, 'inner.xml')])
          .toString()
          .trim();
      expect(ask('string(/SAM_FAMILY_INFO/CODE)')).toBe('02000');
      expect(Number(ask('count(/SAM_FAMILY_INFO/SAM_PEOPLE)'))).toBe(Number(ask('string(/SAM_FAMILY_INFO/TOTAL)')));
      expect(Number(ask('count(//SAM_PEOPLE[string-length(PEOPLE_ID)=32])'))).toBeGreaterThan(5);
    },
  );
});
