import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '../../../platform/embedded-postgres/index.js';
import { externalError } from '../../runtime/external-error.js';
import { openKeyring } from '../../runtime/open-keyring.js';
import { refuseFile } from '../../runtime/prepare-directory.js';
import { readRunFile } from '../../runtime/run-file.js';
import type { CommandContext } from '../context.js';
import { inTurn } from '../embedded-turn.js';

const DATABASE = 'isthmus';

/**
 * Whether there is a database to look at: an external one, or a cluster made by an earlier start.
 * @throws ConfigurationError DATA_DIR_UNWRITABLE when the data directory is a file.
 */
export function hasDatabase({ config }: CommandContext): boolean {
  if (config.databaseUrl !== null) return true;
  refuseFile(config.dataDir);
  return existsSync(join(config.dataDir, 'pg', 'PG_VERSION'));
}

/**
 * The administrator's URL of the database as it is: nothing is migrated. Starts the embedded server for the time of
 * `work` when no program lends it.
 *
 * @throws ConfigurationError of keys and of PostgreSQL.
 */
export async function withAdminDatabase<T>(context: CommandContext, work: (url: string) => Promise<T>): Promise<T> {
  return inTurn(context, async () => {
    const { config } = context;
    if (config.databaseUrl) {
      const url = config.databaseUrl.reveal();
      return work(url).catch((error: unknown) => {
        throw externalError(error, url);
      });
    }
    const keyring = await openKeyring(config, { create: false });
    const password = keyring.databasePassword('superuser');
    keyring.close();
    const port = readRunFile(config.dataDir)?.databasePort;
    if (port) return work(`postgresql://isthmus:${encodeURIComponent(password)}@127.0.0.1:${port}/${DATABASE}`);
    const server = await startPostgres({ dataDir: join(config.dataDir, 'pg'), password });
    try {
      return await work(server.url(DATABASE));
    } finally {
      await server.stop();
    }
  });
}
