import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { issueDemoTokens, Tokens, type DemoCredentials } from '../../governance/identity/index.js';
import { loadAdapter } from '../../pipeline/conform/index.js';
import { splitSecrets, type AdapterManifest } from '../../pipeline/adapter-kit/index.js';
import { addSource, updateAdapter, updateSettings } from '../../pipeline/sync/index.js';
import type { TownFile } from './demo-town.js';
import type { Runtime } from './open-runtime.js';

/** The bundled adapters lie beside the program's source and its build alike. */
export const ADAPTERS = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'adapters');
const DEMO_SCHEDULE_SECONDS = 300;

/** What the data directory is used for. */
export async function usage(runtime: Runtime): Promise<'empty' | 'demo' | 'real'> {
  const { rows } = await runtime.database.withContext('worker', { actor: 'start' }, (tx) =>
    tx.query<{ demo: boolean }>(`SELECT demo FROM control.source WHERE removed_at IS NULL`),
  );
  if (rows.length === 0) return 'empty';
  return rows.every((row) => row.demo) ? 'demo' : 'real';
}

/** Registers the town's four systems and what they answer on demand, or gives known ones their new addresses and this release's adapters. */
export async function registerTown(runtime: Runtime, town: TownFile): Promise<void> {
  await runtime.database.withContext('worker', { actor: 'start' }, async (tx) => {
    const { rows } = await tx.query<{ id: string; hash: string }>(
      `SELECT id, adapter_hash AS hash FROM control.source WHERE removed_at IS NULL`,
    );
    const known = new Map(rows.map((row) => [row.id, row.hash]));
    for (const [id, { adapter: name, settings: all }] of Object.entries({ ...town.sources, ...town.lookups })) {
      const adapter = loadAdapter<AdapterManifest & Record<string, unknown>>(join(ADAPTERS, name));
      const { settings, secrets } = splitSecrets(adapter.manifest, all);
      if (known.has(id)) {
        await updateSettings(tx, runtime.keyring, id, settings, secrets);
        if (known.get(id) !== adapter.hash) await updateAdapter(tx, id, adapter);
      } else
        await addSource(tx, runtime.keyring, {
          id,
          adapter,
          settings,
          secrets,
          demo: true,
          scheduleSeconds: adapter.manifest.kind === 'on-demand' ? null : DEMO_SCHEDULE_SECONDS,
          actor: 'start',
        });
    }
  });
}

/** Demo tokens, kept in a file that only its owner can read; tokens that no longer open anything are issued anew. */
export async function demoCredentials(runtime: Runtime): Promise<DemoCredentials> {
  const file = join(runtime.config.dataDir, 'demo-credentials.json');
  const tokens = new Tokens(runtime.database, runtime.keyring);
  if (existsSync(file)) {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as DemoCredentials;
    const good = await Promise.all(
      Object.values(kept).map((one) => tokens.authenticate(`Bearer ${one.token}`).catch(() => null)),
    );
    if (good.length === 4 && good.every((one) => one !== null)) return kept;
  }
  const issued = await issueDemoTokens(tokens);
  writeFileSync(`${file}.tmp`, `${JSON.stringify(issued, null, 2)}\n`, { mode: 0o600 });
  chmodSync(`${file}.tmp`, 0o600);
  renameSync(`${file}.tmp`, file);
  return issued;
}
