import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { append } from '../../../platform/ledger/index.js';
import { openKeyring } from '../../runtime/open-keyring.js';
import { printJson, say, type CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';

/** Writes the backup and its evidence row. @throws ConfigurationError KEYS_MISSING; UsageError KEYS_BACKUP_EXISTS. */
export async function backupCommand(context: CommandContext, file: string): Promise<void> {
  const { config, words } = context;
  const target = resolve(file);
  const keyring = await openKeyring(config, { create: false });
  await keyring.backup(target);
  keyring.close();
  if (config.databaseUrl !== null || existsSync(join(config.dataDir, 'pg')))
    await withRuntime(context, ({ database }) =>
      database.withContext('worker', { actor: 'cli' }, (tx) =>
        append(tx, { code: 'KEYS_BACKED_UP', actor: 'cli', fingerprint: keyring.fingerprint }),
      ),
    );
  if (context.json) return printJson({ file: target, fingerprint: keyring.fingerprint });
  say(
    `✔ ${words('密钥已备份', 'keys backed up')}: ${target} (0600) · ${words('指纹', 'fingerprint')} ${keyring.fingerprint}`,
  );
  say(
    words('  文件可打开全部证件号码:移到离线介质后从本机删除', '  It opens every identifier: move it off this machine'),
  );
}
