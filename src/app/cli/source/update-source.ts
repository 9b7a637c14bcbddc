import type { AdapterManifest } from '../../../pipeline/adapter-kit/index.js';
import type { LoadedAdapter } from '../../../pipeline/conform/index.js';
import { updateAdapter } from '../../../pipeline/sync/index.js';
import { ConfigurationError, UsageError } from '../../../platform/kernel/index.js';
import { append } from '../../../platform/ledger/index.js';
import { printJson, say, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';
import { chooseAdapter } from './choose-adapter.js';
import { operatorHere } from './operator-here.js';

/** `source update`: another version of the source's own adapter; records and settings stay, the next sync reads all anew. */
export async function updateCommand(context: CommandContext, id: string, options: { adapter: string }): Promise<void> {
  const { words } = context;
  const { manifest, loaded } = chooseAdapter(options.adapter);
  await withRuntime(context, ({ database }) =>
    database.withContext('worker', { actor: 'cli' }, async (tx) => {
      const { rows } = await tx.query<{ adapter: string; demo: boolean }>(
        `SELECT adapter, demo FROM control.source WHERE id = $1 AND removed_at IS NULL`,
        [id],
      );
      if (!rows[0]) throw new ConfigurationError('SOURCE_UNKNOWN', { params: { source: id } });
      if (rows[0].adapter !== manifest.id)
        throw new UsageError('SOURCE_OTHER_ADAPTER', {
          params: { source: id, has: rows[0].adapter, given: manifest.id },
        });
      await updateAdapter(tx, id, loaded as LoadedAdapter<AdapterManifest & Record<string, unknown>>);
      await append(tx, {
        code: 'SOURCE_UPDATED',
        ...operatorHere(),
        source: id,
        adapter: manifest.id,
        adapterHash: loaded.hash,
        adapterVersion: manifest.version,
      });
    }),
  );
  if (context.json) return printJson({ id, adapter: manifest.id, version: manifest.version });
  say(`✔ ${words(`数据源 ${id} 已换用`, `source ${id} now uses`)} ${manifest.id} ${manifest.version}`);
  say(`  ${words('下一步', 'next')}: npx --no-install isthmus source quarantine replay ${id} --wait`);
}
