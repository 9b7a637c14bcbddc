import type { AdapterManifest, StreamManifest } from '../contract.js';
import { checkPush, readsSnapshots } from './check-push.js';
import { checkServices } from './check-services.js';
import type { ManifestProblem, Report } from './problems.js';
import { settingsSchemaOf } from './settings-schema.js';

/** What the schema cannot say. The manifest has the schema's shape. */
export function checkMeaning(manifest: AdapterManifest, file: string): ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const report: Report = (pointer, code, params = {}) => problems.push({ file, pointer, code, params });
  const names = new Set<string>();
  const settings = new Set(Object.keys(settingsSchemaOf(manifest).properties));
  manifest.streams.forEach((stream, index) => {
    const pointer = `/streams/${index}`;
    if (names.has(stream.name)) report(`${pointer}/name`, 'ADAPTER_STREAM_TWICE', { stream: stream.name });
    names.add(stream.name);
    checkPush(stream, pointer, report);
    if (manifest.connector === 'file') checkFile(stream, manifest, pointer, report);
    if (manifest.connector === 'http' && !readsSnapshots(stream) && stream.mode !== 'full')
      modes(stream, 'snapshotDiff, full', pointer, report);
    if (manifest.connector === 'sql' && stream.mode === 'periodReplace')
      modes(stream, 'snapshotDiff, full, incremental', pointer, report);
    if (manifest.connector === 'soap') checkSoap(stream, settings, pointer, report);
  });
  checkServices(manifest, settings, report);
  return problems;
}

const modes = (stream: StreamManifest, possible: string, pointer: string, report: Report): void =>
  report(`${pointer}/mode`, 'ADAPTER_MODE', { stream: stream.name, mode: stream.mode, possible });

function checkFile(stream: StreamManifest, manifest: AdapterManifest, pointer: string, report: Report): void {
  const block = stream['file'] as Record<string, unknown>;
  const encoding = block['encoding'] ?? manifest['encoding'] ?? 'auto';
  if (block['format'] === 'xml' && block['recordElement'] === undefined)
    report(`${pointer}/file`, 'ADAPTER_KEY_REQUIRED', { key: 'recordElement' });
  if (block['markerRows'] === true && block['marker'] === undefined)
    report(`${pointer}/file`, 'ADAPTER_KEY_REQUIRED', { key: 'marker' });
  if (block['delimiter'] === '|' && encoding !== 'utf-8')
    report(`${pointer}/file/delimiter`, 'ADAPTER_VALUE', { key: 'delimiter', expected: '",", ";", "\\t"' });
  const deltas = block['take'] === 'each';
  if (deltas && stream.mode !== 'incremental' && stream.mode !== 'full')
    modes(stream, 'incremental, full', pointer, report);
  if (!deltas && !readsSnapshots(stream) && stream.mode !== 'full')
    modes(stream, 'snapshotDiff, full', pointer, report);
}

function checkSoap(stream: StreamManifest, settings: ReadonlySet<string>, pointer: string, report: Report): void {
  const block = stream['soap'] as {
    endpoint?: string;
    parameters?: Record<string, string>;
    periods?: object;
    window?: object;
  };
  const periodic = stream.mode === 'periodReplace';
  if (periodic !== (block.periods !== undefined))
    modes(stream, periodic ? 'full, snapshotDiff' : 'periodReplace', pointer, report);
  else if ((stream.mode === 'incremental') !== (block.window !== undefined))
    modes(stream, block.window ? 'incremental' : 'full, snapshotDiff', pointer, report);
  const texts = Object.values(block.parameters ?? {});
  const needs = (place: string): void => {
    if (!texts.includes(place)) report(`${pointer}/soap/parameters`, 'ADAPTER_KEY_REQUIRED', { key: place });
  };
  if (block.periods) needs('$period');
  if (block.window) ['$begin', '$end'].forEach(needs);
  const named = texts.filter((text) => text.startsWith('$settings.')).map((text) => text.slice(10));
  for (const setting of [block.endpoint ?? 'endpoint', ...named])
    if (!settings.has(setting)) report(`${pointer}/soap`, 'ADAPTER_SETTING_UNDECLARED', { setting });
}
