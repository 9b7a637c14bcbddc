import { ConfigurationError } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { append } from '../../platform/ledger/index.js';
import { openSource, type AdapterManifest, type SourceConnection } from '../adapter-kit/index.js';
import {
  compileMapping,
  mappedPaths,
  parseAdapter,
  type CompiledMapping,
  type LoadedAdapter,
  type MappingDocument,
} from '../conform/index.js';
import { transact, type Engine } from './engine.js';
import { reopenGate, sourceGate } from './source-gate.repository.js';
import type { RunRow } from './sync-run.repository.js';

/** What `source add` knows. Secret settings are kept apart, sealed and write-only. */
export interface NewSource {
  id: string;
  adapter: LoadedAdapter<AdapterManifest & Record<string, unknown>>;
  settings: Record<string, unknown>;
  secrets: Record<string, string>;
  demo: boolean;
  scheduleSeconds: number | null;
  actor: string;
}

/** What a source's sealed settings are bound to. */
export const secretsAad = (source: string): string => `control.source.secrets‖${source}`;

/** Stores an adapter by the hash of its bytes and a source that uses it, with one stream row per declared stream. */
export async function addSource(tx: Tx, keyring: Keyring, source: NewSource): Promise<void> {
  const { manifest, hash } = source.adapter;
  const existing = await tx.query<{ removed: boolean; demo: boolean }>(
    `SELECT removed_at IS NOT NULL AS removed, demo FROM control.source WHERE id = $1`,
    [source.id],
  );
  if (existing.rows[0] && !existing.rows[0].removed)
    throw new ConfigurationError('SOURCE_EXISTS', { params: { source: source.id } });
  const mixed = await tx.query(`SELECT 1 FROM control.source WHERE removed_at IS NULL AND demo <> $1 LIMIT 1`, [
    source.demo,
  ]);
  if (mixed.rowCount) throw new ConfigurationError('SOURCE_BESIDE_DEMO');
  await storeAdapter(tx, source.adapter);
  await tx.query(
    `INSERT INTO control.source (id, adapter, adapter_hash, domain, settings, secrets, demo, schedule_seconds, next_sync_at, kind)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::int4, clock_timestamp() + make_interval(secs => $8::int4), $9)
     ON CONFLICT (id) DO UPDATE SET adapter = excluded.adapter, adapter_hash = excluded.adapter_hash, domain = excluded.domain,
       settings = excluded.settings, secrets = excluded.secrets, demo = excluded.demo, removed_at = NULL, suspended = false,
       schedule_seconds = excluded.schedule_seconds, next_sync_at = excluded.next_sync_at, kind = excluded.kind, check_state = NULL`,
    [
      source.id,
      manifest.id,
      hash,
      manifest.domain,
      JSON.stringify(source.settings),
      sealSecrets(keyring, source.id, source.secrets),
      source.demo,
      source.scheduleSeconds,
      manifest.kind,
    ],
  );
  await storeStreams(tx, source.id, source.adapter);
  await append(tx, {
    code: 'SOURCE_ADDED',
    actor: source.actor,
    source: source.id,
    adapter: manifest.id,
    adapterHash: hash,
    demo: source.demo,
  });
}

/** One row per declared stream; a stream that is there already keeps its records and position. */
async function storeStreams(
  tx: Tx,
  source: string,
  adapter: LoadedAdapter<AdapterManifest & Record<string, unknown>>,
): Promise<void> {
  const mappings = compileMapping(adapter.mapping, adapter.manifest);
  for (const stream of adapter.manifest.streams) {
    await tx.query(
      `INSERT INTO control.stream (source, name, mode, entity, grace_scans) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (source, name) DO UPDATE SET mode = excluded.mode, entity = excluded.entity, grace_scans = excluded.grace_scans`,
      [source, stream.name, stream.mode, mappings.get(stream.name)!.primaryEntity, stream.graceScans ?? 0],
    );
  }
}

async function storeAdapter(tx: Tx, adapter: LoadedAdapter<AdapterManifest & Record<string, unknown>>): Promise<void> {
  const { manifest, mapping, hash } = adapter;
  const mappingVersion = String((mapping as { version?: unknown } | null)?.version ?? manifest.version);
  await tx.query(
    `INSERT INTO control.adapter (hash, id, version, mapping_version, manifest, mapping) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [hash, manifest.id, manifest.version, mappingVersion, adapter.manifestBytes, adapter.mappingBytes],
  );
}

const sealSecrets = (keyring: Keyring, source: string, secrets: Record<string, string>): Buffer | null =>
  Object.keys(secrets).length ? keyring.sealSecret(JSON.stringify(secrets), secretsAad(source)) : null;

/** New settings for an existing source (the demo town's ports change between starts). */
export async function updateSettings(
  tx: Tx,
  keyring: Keyring,
  source: string,
  settings: Record<string, unknown>,
  secrets: Record<string, string>,
): Promise<void> {
  await tx.query(`UPDATE control.source SET settings = $2, secrets = $3 WHERE id = $1 AND removed_at IS NULL`, [
    source,
    JSON.stringify(settings),
    sealSecrets(keyring, source, secrets),
  ]);
  await reopenGate(tx, source);
}

/** Gives a source another version of its adapter; an open run under the old one ends, the next re-reads everything. */
export async function updateAdapter(
  tx: Tx,
  source: string,
  adapter: LoadedAdapter<AdapterManifest & Record<string, unknown>>,
): Promise<void> {
  await storeAdapter(tx, adapter);
  await tx.query(`UPDATE control.source SET adapter_hash = $2 WHERE id = $1`, [source, adapter.hash]);
  await storeStreams(tx, source, adapter);
}

/** Takes a source out of service; its records stay, its credentials do not. */
export async function removeSource(tx: Tx, source: string, actor: string): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE control.source SET removed_at = clock_timestamp(), secrets = NULL WHERE id = $1 AND removed_at IS NULL`,
    [source],
  );
  if (rowCount === 0) throw new ConfigurationError('SOURCE_UNKNOWN', { params: { source } });
  await append(tx, { code: 'SOURCE_REMOVED', actor, source });
}

/** All settings of a source, secrets opened: only for the connector. */
export async function sourceSettings(
  tx: Tx,
  keyring: Keyring,
  source: string,
): Promise<{ adapterHash: string; settings: Record<string, unknown> }> {
  const { rows } = await tx.query<{ adapter_hash: string; settings: Record<string, unknown>; secrets: Buffer | null }>(
    `SELECT adapter_hash, settings, secrets FROM control.source WHERE id = $1 AND removed_at IS NULL`,
    [source],
  );
  const row = rows[0];
  if (!row) throw new ConfigurationError('SOURCE_UNKNOWN', { params: { source } });
  const secrets = row.secrets
    ? (JSON.parse(keyring.openSecret(row.secrets, secretsAad(source))) as Record<string, string>)
    : {};
  return { adapterHash: row.adapter_hash, settings: { ...row.settings, ...secrets } };
}

/** The adapter stored under a hash. */
export async function storedAdapter(
  tx: Pick<Tx, 'query'>,
  hash: string,
): Promise<LoadedAdapter<AdapterManifest & Record<string, unknown>>> {
  const { rows } = await tx.query<{ manifest: Buffer; mapping: Buffer }>(
    `SELECT manifest, mapping FROM control.adapter WHERE hash = $1`,
    [hash],
  );
  return parseAdapter(rows[0]!.manifest, rows[0]!.mapping);
}

/** Opens a run's source with the adapter version the run refers to. The caller closes the connection. */
export async function openAdapter(
  engine: Engine,
  run: RunRow,
): Promise<OpenedAdapter & { connection: SourceConnection }> {
  const { adapter, settings } = await transact(engine, async (tx) => ({
    adapter: await storedAdapter(tx, run.adapterHash),
    settings: (await sourceSettings(tx, engine.keyring, run.source)).settings,
  }));
  return {
    ...compiled(adapter, run),
    connection: await openSource(adapter.manifest, settings, sourceGate(engine, run.source, adapter.manifest)),
  };
}

/** A run's adapter without its source: a replay reads nothing there. */
export async function openMapping(engine: Engine, run: RunRow): Promise<OpenedAdapter> {
  return compiled(await transact(engine, (tx) => storedAdapter(tx, run.adapterHash)), run);
}

/** A run's adapter, compiled. */
export interface OpenedAdapter {
  manifest: AdapterManifest;
  mapping: CompiledMapping;
  /** Top-level source fields that the mapping reads. */
  watched: string[];
}

function compiled(
  adapter: LoadedAdapter<AdapterManifest & Record<string, unknown>>,
  { streamName }: Pick<RunRow, 'streamName'>,
): OpenedAdapter {
  const mapping = compileMapping(adapter.mapping, adapter.manifest).get(streamName);
  if (!mapping) throw new ConfigurationError('SYNC_MAPPING_CHANGED', { origin: 'gateway' });
  const places = mappedPaths(adapter.mapping as MappingDocument, streamName);
  const watched = [...new Set(places.flatMap(({ names }) => names[0] ?? []))];
  return { manifest: adapter.manifest, mapping, watched };
}
