import { requireHolder, Tokens } from '../../../governance/identity/index.js';
import { append } from '../../../platform/ledger/index.js';
import { print, printJson, say, type CommandContext } from '../context.js';
import { seconds } from '../duration.js';
import type { IssueOptions } from './options.js';
import { when } from '../terminal.js';
import { withRuntime } from '../with-runtime.js';

/** The token goes to stdout and nowhere else; what is stored is its keyed digest. */
export async function issueCommand(context: CommandContext, options: IssueOptions): Promise<void> {
  const { words } = context;
  const { role, unit, person } = options;
  requireHolder({ role, unit, person });
  const expiresAt = options.expires === undefined ? null : new Date(Date.now() + seconds(options.expires) * 1000);
  const issued = await withRuntime(context, async ({ database, keyring }) => {
    const made = await new Tokens(database, keyring).issueToken({ role, unit, person, expiresAt });
    await database.withContext('worker', { actor: 'cli' }, (tx) =>
      append(tx, { code: 'TOKEN_ISSUED', actor: 'cli', token: made.id, role, unit, person }),
    );
    return made;
  });
  if (context.json) return printJson({ ...issued, role, unit, person, expiresAt });
  say(
    `✔ ${words('令牌已签发,只显示这一次', 'token issued; it is shown once')} · ${words('编号', 'id')} ${issued.id} · ${role} · ${words('有效期至', 'valid until')} ${expiresAt ? when(expiresAt) : words('吊销', 'revoked')}`,
  );
  print(issued.token);
}

/** @throws UsageError TOKEN_UNKNOWN. */
export async function revokeCommand(context: CommandContext, id: string): Promise<void> {
  await withRuntime(context, async ({ database, keyring }) => {
    await new Tokens(database, keyring).revokeToken(id);
    await database.withContext('worker', { actor: 'cli' }, (tx) =>
      append(tx, { code: 'TOKEN_REVOKED', actor: 'cli', token: id }),
    );
  });
  if (context.json) printJson({ id, revoked: true });
  else say(`✔ ${context.words(`令牌 ${id} 已吊销`, `token ${id} revoked`)}`);
}
