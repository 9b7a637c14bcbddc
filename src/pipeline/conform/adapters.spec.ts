import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { compileMapping, compileServiceMapping } from './compile-mapping.js';
import { FIELD_LEVELS, type EntityName } from '../../standard/index.js';
import { loadAdapter } from './load-adapter.js';
import { mappedFields } from './mapped-fields.js';
import type { MappingDocument } from './mapping-document.js';
import type { Conformed } from './standard-record.js';
import { bundledAdapters } from '../../../test/kit/bundled.js';

/** Fixture triples of every bundled adapter: what comes in, what must come out, what must be refused and why. */
const ADAPTERS = new URL('../../../adapters/', import.meta.url);

interface Triple {
  expected: { row: number }[];
  rejected: { row: number; code: string; pointer: string }[];
}

const readJson = <T>(file: URL): T => JSON.parse(readFileSync(file, 'utf8')) as T;

function split(outcomes: readonly Conformed[]): Triple {
  const expected: Triple['expected'] = [];
  const rejected: Triple['rejected'] = [];
  outcomes.forEach((outcome, row) => {
    if (outcome.kind !== 'rejected') expected.push({ row, ...outcome });
    else {
      const { code, pointer } = outcome.rejection;
      rejected.push({ row, code, pointer });
    }
  });
  return { expected, rejected };
}

for (const id of bundledAdapters()) {
  const directory = new URL(`${id}/`, ADAPTERS);
  describe(id, () => {
    const adapter = loadAdapter(directory.pathname);
    const mappings = compileMapping(adapter.mapping, adapter.manifest);
    const services = compileServiceMapping(adapter.mapping, adapter.manifest);

    it('maps every stream of its manifest and says so in its README', () => {
      expect([...mappings.keys()].sort()).toEqual(adapter.manifest.streams.map(({ name }) => name).sort());
      const readme = readFileSync(new URL('README.md', directory), 'utf8');
      expect([...services.keys()].sort()).toEqual((adapter.manifest.services ?? []).map(({ name }) => name).sort());
      for (const name of [...mappings.keys(), ...services.keys()]) expect(readme).toContain(`\`${name}\``);
    });

    it('declares exactly the levels of the fields it fills', () => {
      const levels = new Map<string, Set<number>>();
      for (const { stream, entity, field } of mappedFields(adapter.mapping as MappingDocument)) {
        const level = FIELD_LEVELS[entity as EntityName][field] as number;
        levels.set(stream, (levels.get(stream) ?? new Set()).add(level));
      }
      for (const stream of [...adapter.manifest.streams, ...(adapter.manifest.services ?? [])])
        expect([stream.name, ...((stream as { levels?: number[] }).levels ?? [])]).toEqual([
          stream.name,
          ...[...(levels.get(stream.name) ?? [])].sort(),
        ]);
    });

    for (const [stream, mapping] of mappings) {
      const file = (kind: string): URL => new URL(`fixtures/${stream}.${kind}.json`, directory);
      it(`${stream}: fixtures come out as expected`, () => {
        const outcomes = readJson<Record<string, unknown>[]>(file('input')).map((row) => mapping.conform(row));
        const { expected, rejected } = split(outcomes);
        expect(expected).toEqual(readJson(file('expected')));
        expect(rejected).toEqual(readJson(file('rejected')));
        expect(rejected.length).toBeGreaterThan(0);
      });
    }

    for (const [name, service] of services) {
      const file = (kind: string): URL => new URL(`fixtures/${name}.${kind}.json`, directory);
      it(`${name}: fixtures come out as expected`, () => {
        const rows = readJson<Record<string, unknown>[]>(file('input'));
        const outcomes = rows.map((row, at) => ({
          row: at,
          ...(service.verb === 'lookup' ? service.mapping.conform(row) : service.judge(row)),
        }));
        const rejected = outcomes.flatMap((one) =>
          one.kind === 'rejected' ? [{ row: one.row, code: one.rejection.code, pointer: one.rejection.pointer }] : [],
        );
        expect(outcomes.filter(({ kind }) => kind !== 'rejected')).toEqual(readJson(file('expected')));
        expect(rejected).toEqual(readJson(file('rejected')));
        expect(rejected.length).toBeGreaterThan(0);
      });
    }

    it('has no fixture without a stream', () => {
      const known = [...mappings.keys(), ...services.keys()].flatMap((name) =>
        ['input', 'expected', 'rejected'].map((kind) => `${name}.${kind}.json`),
      );
      for (const name of readdirSync(new URL('fixtures/', directory))) expect(known).toContain(name);
      for (const name of known) expect(existsSync(new URL(`fixtures/${name}`, directory))).toBe(true);
    });
  });
}
