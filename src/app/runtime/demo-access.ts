import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoAccess } from '../../access/console/index.js';
import { DEMO_PEOPLE, type DemoCredentials } from '../../governance/identity/index.js';
import { usage } from './demo-sources.js';
import type { Runtime } from './open-runtime.js';

/** The people of the demo for the page, while this program serves the town and nothing else; null otherwise. */
export async function demoAccess(runtime: Runtime): Promise<DemoAccess | null> {
  const { demo, production, dataDir } = runtime.config;
  const file = join(dataDir, 'demo-credentials.json');
  if (!demo || production || !existsSync(file) || (await usage(runtime)) !== 'demo') return null;
  const tokens = JSON.parse(readFileSync(file, 'utf8')) as DemoCredentials;
  const people = Object.entries(DEMO_PEOPLE).map(([name, who]) => ({
    ...who,
    token: tokens[name as keyof DemoCredentials].token,
  }));
  const known = found.get(runtime) ?? (await examples(runtime));
  if (known.resident && known.household) found.set(runtime, known);
  return { people, examples: known };
}

/** The search goes over all links, so it is made once; ids of residents and households stay. */
const found = new WeakMap<Runtime, DemoAccess['examples']>();

/** Ids to ask the examples with: the resident whom most systems know, and a household of several. */
async function examples(runtime: Runtime): Promise<DemoAccess['examples']> {
  const { rows } = await runtime.database.withContext('worker', { actor: 'console' }, (tx) =>
    tx.query<DemoAccess['examples']>(
      `SELECT (SELECT resident::text FROM data.resident_member
                GROUP BY resident ORDER BY count(DISTINCT source) DESC, resident LIMIT 1) AS resident,
              (SELECT h.id::text FROM data.unified_household h
                 JOIN control.stream s ON s.source = h.source
                 JOIN data.household_member r ON r.stream = s.id AND r.household_key = h.household_key
                WHERE r.gone_run IS NULL AND r.current
                GROUP BY h.id ORDER BY count(*) DESC, h.id LIMIT 1) AS household`,
    ),
  );
  return rows[0] ?? { resident: null, household: null };
}
