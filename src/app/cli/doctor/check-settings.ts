import pg from 'pg';
import type { CommandContext } from '../context.js';
import { bad, good, type Finding } from './finding.js';

/** Connections of one process with all roles: pools of api, worker and auditor, the queue's, and some for commands. */
const CONNECTIONS = 45;
/** Without these an acknowledged event or a committed page may be gone after a power cut. */
const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'];

/** Whether the database keeps what it has promised, lets enough of us in and stores Chinese as it is. */
export async function checkDatabaseSettings(context: CommandContext, url: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name = ANY($1)`,
      [[...DURABLE, 'max_connections', 'server_encoding']],
    );
    return judgeSettings(context, Object.fromEntries(rows.map(({ name, setting }) => [name, setting])));
  } finally {
    await client.end();
  }
}

/** Every setting that is not good enough, or one finding that all are. */
export function judgeSettings(context: CommandContext, settings: Readonly<Record<string, string>>): Finding[] {
  const id = 'database-settings';
  const wrong = DURABLE.filter((name) => settings[name] === 'off').map((setting) =>
    bad(context, id, 'FAIL', 'DOCTOR_DURABILITY', { setting }),
  );
  const max = Number(settings['max_connections']);
  if (max < CONNECTIONS) wrong.push(bad(context, id, 'FAIL', 'DOCTOR_CONNECTIONS', { max, needed: CONNECTIONS }));
  if (settings['server_encoding'] !== 'UTF8')
    wrong.push(bad(context, id, 'FAIL', 'DOCTOR_ENCODING', { encoding: settings['server_encoding'] ?? '' }));
  if (wrong.length) return wrong;
  return [good(id, context.words(`可靠写入,${max} 个连接`, `durable, ${max} connections`))];
}
