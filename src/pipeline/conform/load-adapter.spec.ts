import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../platform/kernel/index.js';
import { speak } from '../../platform/messages/index.js';
import { adapterHash, loadAdapter, parseAdapter } from './load-adapter.js';
import { MappingError } from './problems.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const codesOf = (mapping: string): string[] => {
  try {
    parseAdapter(bytes('id: a'), bytes(mapping));
    return [];
  } catch (error) {
    const { problems } = error as MappingError;
    for (const { code, params } of problems) expect(speak(code, 'zh', params).text).not.toContain('{');
    return problems.map(({ code }) => code);
  }
};

describe('adapters from files', () => {
  it('are named by the hash of both files', () => {
    const loaded = parseAdapter(bytes('id: a'), bytes('adapter: a'));
    expect(loaded).toMatchObject({ manifest: { id: 'a' }, mapping: { adapter: 'a' } });
    expect(loaded.hash).toBe(adapterHash(bytes('id: a'), bytes('adapter: a')));
    expect(adapterHash(bytes('ab'), bytes('c'))).not.toBe(adapterHash(bytes('a'), bytes('bc')));
  });

  it('refuse broken YAML, repeated keys and codes without quotes', () => {
    expect(codesOf('a: [')).toContain('MAPPING_YAML_BROKEN');
    expect(codesOf('a: 1\na: 2')).toContain('MAPPING_YAML_BROKEN');
    expect(codesOf('map: {01: x}')).toEqual(['MAPPING_YAML_KEY']);
    expect(codesOf("map: {'01': x, 男: y}")).toEqual([]);
  });

  it('refuse aliases that multiply, in either file', () => {
    const bomb = [
      'a: &a [1,1,1,1,1,1,1,1,1]',
      ...'bcdefgh'.split('').map((one, at) => {
        const before = 'abcdefg'[at]!;
        return `${one}: &${one} [${Array(9).fill(`*${before}`).join(',')}]`;
      }),
    ].join('\n');
    expect(codesOf(bomb)).toEqual(['MAPPING_YAML_BROKEN']);
    expect(() => parseAdapter(bytes(bomb), bytes('adapter: a'))).toThrow(MappingError);
  });

  it('say which file is missing', () => {
    const directory = mkdtempSync(join(tmpdir(), 'isthmus-adapter-'));
    try {
      expect(() => loadAdapter(directory)).toThrow(ConfigurationError);
      expect(() => loadAdapter(directory)).toThrow('MAPPING_FILE_MISSING');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
