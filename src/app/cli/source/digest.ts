import type { Tx } from '../../../platform/database/index.js';
import type { Keyring } from '../../../platform/keys/index.js';
import { clusterDigest } from '../../../pipeline/link/index.js';
import { goldenDigest } from '../../../pipeline/unify/index.js';
import { print, printJson, type CommandContext } from '../context.js';
import { table } from '../terminal.js';
import { withRuntime } from '../with-runtime.js';
import { sourceDigest } from './source-digest.js';

export interface Digests {
  sources: Record<string, string>;
  clusters: string;
  golden: string;
}

/** All digests of one moment: one snapshot of the database. */
export async function digestCommand(context: CommandContext): Promise<void> {
  const { words } = context;
  const digests = await withRuntime(context, ({ database, keyring }) =>
    database.withContext('worker', { actor: 'cli' }, (tx) => allDigests(tx, keyring), { isolation: 'REPEATABLE READ' }),
  );
  if (context.json) return printJson(digests);
  print(
    table({ head: [words('对象', 'of'), words('摘要', 'digest')] }, [
      ...Object.entries(digests.sources),
      [words('聚类', 'clusters'), digests.clusters],
      [words('黄金记录', 'golden records'), digests.golden],
    ]),
  );
}

async function allDigests(tx: Tx, keyring: Keyring): Promise<Digests> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM control.source WHERE removed_at IS NULL AND kind = 'replicating' ORDER BY id`,
  );
  const sources: Record<string, string> = {};
  for (const { id } of rows) sources[id] = await sourceDigest(tx, keyring, id);
  return { sources, clusters: await clusterDigest(tx, keyring), golden: await goldenDigest(tx, keyring) };
}
