import { parseAdapter, type LoadedAdapter } from '../../src/pipeline/conform/index.js';
import type { AdapterManifest } from '../../src/pipeline/adapter-kit/index.js';

/** One synthetic person of a JSON-lines file. */
export interface PersonLine {
  no: string;
  name?: string;
  id?: string;
  sex?: string;
  phone?: string;
  room?: string;
  gone?: string;
}

const manifest = (mode: string, graceScans: number, key: string): string => `
id: test-people
vendor: test
version: 1.0.0
contractVersion: '1'
domain: property
kind: replicating
connector: file
codeMapVersion: '1'
timeZone: Asia/Shanghai
placeholders: {phone: ['13800000000'], text: [无]}
streams:
  - name: people
    mode: ${mode}
    key: [${key}]
    graceScans: ${graceScans}
    file: {pattern: 'people_*.jsonl', take: ${mode === 'incremental' ? 'each' : 'latest'}, format: jsonl, encoding: utf-8, marker: .ok, markerRows: true}
`;

const mapping = (version: string, sexes: Record<string, string>): string => `
contractVersion: '1'
adapter: test-people
version: ${version}
codes:
  sexes: {version: '1', list: sex, map: ${JSON.stringify({ 0: '0', 1: '1', 2: '2', 9: '9', ...sexes })}}
streams:
  people:
    deletedWhen: {path: gone, equals: '1'}
    defaultArea: '990101'
    records:
      - entity: Person
        personKey: no
        fields:
          name: {from: name, as: name}
          idNumber: {from: id, as: citizenId}
          sex: {from: sex, codes: sexes}
          mobile: {from: phone, as: phone}
      - entity: PropertyOccupancy
        part: room
        when: {path: room, present: true}
        personKey: no
        fields:
          dwellingKey: room
          role: {constant: owner}
`;

/** A small adapter over JSON-lines files, for tests of the engine: a person and, where given, an occupancy. */
export function peopleAdapter(
  options: { mode?: string; graceScans?: number; version?: string; key?: string; sexes?: Record<string, string> } = {},
): LoadedAdapter<AdapterManifest & Record<string, unknown>> {
  return parseAdapter<AdapterManifest & Record<string, unknown>>(
    Buffer.from(manifest(options.mode ?? 'snapshotDiff', options.graceScans ?? 0, options.key ?? 'no')),
    Buffer.from(mapping(options.version ?? '1.0.0', options.sexes ?? {})),
  );
}
