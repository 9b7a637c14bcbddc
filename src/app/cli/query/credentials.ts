import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../../platform/kernel/index.js';
import type { CommandContext } from '../context.js';
import type { QueryOptions } from './options.js';
import { readText } from '../source/read-settings.js';

/**
 * The bearer token: of a file, or of a demo account (`department` when nothing is said).
 * @throws UsageError CLI_SECRET_PLAIN, CLI_TOKEN_NEEDED, CLI_DEMO_ROLE.
 */
export function chooseToken({ config }: CommandContext, options: Pick<QueryOptions, 'as' | 'token'>): string {
  if (options.token !== undefined) {
    if (!options.token.startsWith('@')) throw new UsageError('CLI_SECRET_PLAIN', { where: { setting: 'token' } });
    return readText(options.token.slice(1)).trim();
  }
  const file = join(config.dataDir, 'demo-credentials.json');
  if (!existsSync(file)) throw new UsageError('CLI_TOKEN_NEEDED', { where: { file } });
  const people = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { token: string }>;
  const role = options.as ?? 'department';
  const found = Object.hasOwn(people, role) ? people[role] : undefined;
  if (!found)
    throw new UsageError('CLI_DEMO_ROLE', {
      params: { role: role.slice(0, 40), roles: Object.keys(people).join(', ') },
    });
  return found.token;
}
