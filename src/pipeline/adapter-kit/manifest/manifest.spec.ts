import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { MESSAGES } from '../../../platform/messages/index.js';
import { CONNECTORS } from '../connectors.js';
import type { AdapterManifest } from '../contract.js';
import { checkManifest, validateManifest } from './validate-manifest.js';
import { secretSettings, settingsSchemaOf } from './settings-schema.js';
import { checkSettings, validateSettings } from './validate-settings.js';
import { bundledAdapters } from '../../../../test/kit/bundled.js';

const ADAPTERS = new URL('../../../../adapters/', import.meta.url);
const read = (id: string): AdapterManifest =>
  parse(readFileSync(new URL(`${id}/manifest.yaml`, ADAPTERS), 'utf8'), { merge: true }) as AdapterManifest;
const bundled = bundledAdapters();

describe('manifest', () => {
  it.each(bundled)('of %s is valid and bears the name of its folder', (id) => {
    expect(checkManifest(read(id))).toEqual([]);
    expect(read(id).id).toBe(id);
  });

  type Broken = Record<string, unknown> & { streams: Record<string, unknown>[] };
  const broken = (
    id: string,
    spoil: (manifest: Broken) => void,
  ): { code: string; pointer: string; params: object }[] => {
    const manifest = structuredClone(read(id)) as unknown as Broken;
    spoil(manifest);
    return checkManifest(manifest).map(({ code, pointer, params }) => ({ code, pointer, params }));
  };
  const block = (manifest: Broken, kind: string): Record<string, unknown> =>
    manifest.streams[0]![kind] as Record<string, unknown>;

  it.each<[string, string, string, (manifest: Broken) => void]>([
    ['ADAPTER_KEY_UNKNOWN', '', 'police-household', (m) => (m['steams'] = [])],
    ['ADAPTER_KEY_UNKNOWN', '/streams/0/file', 'police-household', (m) => (block(m, 'file')['ecoding'] = 'utf-8')],
    [
      'ADAPTER_KEY_UNKNOWN',
      '/streams/0/sql',
      'police-household',
      (m) => (m.streams[0]!['sql'] = { select: 'select 1', orderBy: 'a' }),
    ],
    ['ADAPTER_KEY_REQUIRED', '', 'police-household', (m) => delete m['vendor']],
    ['ADAPTER_KEY_REQUIRED', '/streams/0', 'police-household', (m) => delete m.streams[0]!['file']],
    ['ADAPTER_VALUE', '/version', 'police-household', (m) => (m['version'] = '1')],
    ['ADAPTER_VALUE', '/connector', 'police-household', (m) => (m['connector'] = 'ftp')],
    ['ADAPTER_VALUE', '/streams/0/levels/0', 'police-household', (m) => (m.streams[0]!['levels'] = [5])],
    ['ADAPTER_VALUE', '/streams/0/file/delimiter', 'police-household', (m) => (block(m, 'file')['delimiter'] = '|')],
    ['ADAPTER_KEY_REQUIRED', '/streams/0/file', 'police-household', (m) => delete block(m, 'file')['marker']],
    [
      'ADAPTER_STREAM_TWICE',
      '/streams/1/name',
      'police-household',
      (m) => (m.streams[1]!['name'] = m.streams[0]!['name']),
    ],
    ['ADAPTER_MODE', '/streams/0/mode', 'police-household', (m) => (m.streams[0]!['mode'] = 'periodReplace')],
    ['ADAPTER_MODE', '/streams/0/mode', 'telecom-tmforum', (m) => (m.streams[0]!['mode'] = 'incremental')],
    ['ADAPTER_MODE', '/streams/0/mode', 'civil-affairs', (m) => (m.streams[0]!['mode'] = 'snapshotDiff')],
    [
      'ADAPTER_VALUE',
      '/streams/0/sql/select',
      'property-microcommunity',
      (m) => (block(m, 'sql')['select'] = 'delete from a'),
    ],
    [
      'ADAPTER_SETTING_UNDECLARED',
      '/streams/0/soap',
      'civil-affairs',
      (m) => delete (m['settings'] as Record<string, unknown>)['userId'],
    ],
    [
      'ADAPTER_KEY_REQUIRED',
      '/streams/0/soap/parameters',
      'civil-affairs',
      (m) => delete (block(m, 'soap')['parameters'] as Record<string, unknown>)['month'],
    ],
  ])('%s at %s of %s', (code, pointer, id, spoil) => {
    const found = broken(id, spoil);
    expect(found.map((problem) => [problem.code, problem.pointer])).toContainEqual([code, pointer]);
    for (const problem of found) expect(MESSAGES).toHaveProperty(problem.code);
  });

  it('names the first problem in the error', () => {
    expect(() => validateManifest({ id: 'x' })).toThrow(
      expect.objectContaining({
        code: 'ADAPTER_MANIFEST',
        where: expect.objectContaining({ adapter: 'x' }) as unknown,
      }) as unknown as Error,
    );
  });
});

describe('settings', () => {
  const property = { engine: 'postgresql', host: 'h', database: 'd', user: 'u' };
  it('are filled with defaults and turned from a command line text', () => {
    expect(validateSettings(read('property-microcommunity'), { ...property, port: '5432' })).toEqual({
      ...property,
      port: 5432,
      ssl: 'off',
    });
  });

  it.each<[string, string, object, string]>([
    ['ADAPTER_SETTING_UNKNOWN', 'pasword', { ...property, pasword: 'x' }, 'password'],
    ['ADAPTER_SETTING_REQUIRED', 'host', { engine: 'mysql', database: 'd', user: 'u' }, '--set host='],
    ['ADAPTER_SETTING_VALUE', 'engine', { ...property, engine: 'oracle' }, '"mariadb"'],
    ['ADAPTER_SETTING_VALUE', 'port', { ...property, port: 'many' }, 'integer'],
  ])('%s names %s and the cure', (code, setting, given, cure) => {
    const { problems } = checkSettings(read('property-microcommunity'), given as Record<string, unknown>);
    expect(problems).toMatchObject([{ code, setting }]);
    expect(Object.values(problems[0]!.params).join(' ')).toContain(cure);
    expect(() => validateSettings(read('property-microcommunity'), given as Record<string, unknown>)).toThrow(
      expect.objectContaining({ code, where: expect.objectContaining({ setting }) as unknown }) as unknown as Error,
    );
  });

  it('of an adapter of its own are required and sealed as declared', () => {
    const civil = read('civil-affairs');
    expect(secretSettings(civil)).toEqual(['passWord']);
    expect(settingsSchemaOf(civil).required).toEqual(['endpoint', 'marryEndpoint', 'userId', 'passWord']);
    const { problems } = checkSettings(civil, { endpoint: 'http://a/b', marryEndpoint: 'ftp://c', userId: 'u' });
    expect(problems.map((problem) => problem.setting).sort()).toEqual(['marryEndpoint', 'passWord']);
  });

  it('have a Chinese title and an English description in every connector', () => {
    for (const connector of Object.values(CONNECTORS))
      for (const [name, schema] of Object.entries(
        (connector.settingsSchema as { properties: Record<string, { title: string; description: string }> }).properties,
      )) {
        expect([name, schema.title]).toEqual([name, expect.stringMatching(/\p{Script=Han}|CA/u)]);
        expect([name, schema.description]).toEqual([name, expect.stringMatching(/^[\x20-\x7e]+$/)]);
      }
  });
});
