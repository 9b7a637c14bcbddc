import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DemoCredentials } from '../../governance/identity/index.js';
import { say, type CommandContext } from '../cli/context.js';
import type { Runtime } from './open-runtime.js';

const QUERY =
  'query($id: ID!) { resident(id: $id) { name sex birthDate idNumber registration { addressText } occupancies { role } subscriptions { msisdn status } assistance { category } marriages { operation } provenance { field source asOf } } }';

/** URLs, demo tokens and two lines that answer when pasted. No ID number stands in either. */
export async function greet(context: CommandContext, runtime: Runtime, url: string, demo: boolean): Promise<void> {
  const { words } = context;
  say('');
  say(`${words('首页', 'home')}      ${url}/`);
  say(`GraphQL   ${url}/graphql`);
  say(`${words('健康', 'health')}      ${url}/livez  ${url}/readyz  ${url}/metrics`);
  if (!demo) {
    say(
      words(
        '没有示范数据。添加数据源:npx --no-install isthmus source add --help',
        'No demo data. Add a source: npx --no-install isthmus source add --help',
      ),
    );
    return;
  }
  const file = join(runtime.config.dataDir, 'demo-credentials.json');
  const tokens = JSON.parse(readFileSync(file, 'utf8')) as DemoCredentials;
  say(words(`演示令牌(也在 ${file}):`, `Demo tokens (also in ${file}):`));
  for (const [role, one] of Object.entries(tokens)) say(`  ${role.padEnd(11)} ${one.token}`);
  const id = await residentOfMostSources(runtime);
  if (!id) return;
  const body = JSON.stringify({ query: QUERY, variables: { id } });
  say('');
  say(words('一次查询,四个系统(粘贴即答):', 'One question, four systems (paste it):'));
  say(
    `curl -s ${url}/graphql -H 'Content-Type: application/json' -H 'Authorization: Bearer ${tokens.department.token}' -H 'X-Isthmus-Purpose: assistance-eligibility' -H 'X-Isthmus-Case: DEMO-2026-001' -d '${body}'`,
  );
  say('');
  say(
    `${elsewhere(runtime.config.dataDir)}npx --no-install isthmus query --resident ${id} --purpose assistance-eligibility --case DEMO-2026-001`,
  );
  say('');
}

/** The command finds the program by its data directory: one that is not the default is named. */
const elsewhere = (dataDir: string): string =>
  dataDir === resolve('.isthmus') ? '' : `ISTHMUS_DATA_DIR='${dataDir.replaceAll("'", `'\\''`)}' `;

/** A resident whom as many sources as possible know, for the example lines. */
async function residentOfMostSources(runtime: Runtime): Promise<string | null> {
  const { rows } = await runtime.database.withContext('worker', { actor: 'start' }, (tx) =>
    tx.query<{ resident: string }>(
      `SELECT resident FROM data.resident_member GROUP BY resident ORDER BY count(DISTINCT source) DESC, resident LIMIT 1`,
    ),
  );
  return rows[0]?.resident ?? null;
}
