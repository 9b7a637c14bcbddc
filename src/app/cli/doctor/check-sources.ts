import { sourceSettings, storedAdapter } from '../../../pipeline/sync/index.js';
import { ConfigurationError } from '../../../platform/kernel/index.js';
import type { Tx } from '../../../platform/database/index.js';
import type { Runtime } from '../../runtime/open-runtime.js';
import type { CommandContext } from '../context.js';
import { listSources } from '../source/list-sources.js';
import { withRuntime } from '../with-runtime.js';
import { bad, broken, good, notReached, skipped, type Finding } from './finding.js';
import type { Found } from './steps.js';
import { walkSource } from './walk-source.js';

/** States that the walk does not already explain. */
const NOTEWORTHY = new Set(['HELD', 'SUSPENDED', 'STALE']);

/**
 * Walks every source in service, or one: from its name to the levels of its fields.
 * @throws ConfigurationError SOURCE_UNKNOWN.
 */
export function checkSources(context: CommandContext, only: string | null): Promise<Finding[]> {
  return withRuntime(context, async (runtime) => {
    const { ids, states } = await runtime.database.withContext('worker', { actor: 'cli' }, async (tx) => ({
      ids: await sourceIds(tx),
      states: new Map((await listSources(tx, new Date())).map(({ id, state }) => [id, state])),
    }));
    if (only !== null && !ids.includes(only))
      throw new ConfigurationError('SOURCE_UNKNOWN', { params: { source: only } });
    const findings: Finding[] = [];
    for (const id of only === null ? ids : [only]) {
      const state = states.get(id);
      if (state !== undefined && NOTEWORTHY.has(state))
        findings.push(bad(context, `source/${id}`, 'WARN', 'DOCTOR_SOURCE_STATE', { source: id, state }));
      findings.push(...(await checkOne(context, runtime, id)));
    }
    if (ids.length === 0) findings.push(skipped('sources', context.words('没有数据源', 'there is no source')));
    return findings;
  });
}

async function sourceIds(tx: Tx): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(`SELECT id FROM control.source WHERE removed_at IS NULL ORDER BY id`);
  return rows.map(({ id }) => id);
}

async function checkOne(context: CommandContext, runtime: Runtime, source: string): Promise<Finding[]> {
  try {
    const examined = await runtime.database.withContext('worker', { actor: 'cli' }, async (tx) => {
      const { adapterHash, settings } = await sourceSettings(tx, runtime.keyring, source);
      const { manifest, mapping } = await storedAdapter(tx, adapterHash);
      return { manifest, mapping, settings };
    });
    const steps = await walkSource(examined);
    return steps.flatMap(({ step, found }) => {
      const id = `source/${source}/${step}`;
      return found === null ? [notReached(context, id)] : found.map((one) => findingOf(context, id, one));
    });
  } catch (error) {
    return [broken(context, `source/${source}`, error)];
  }
}

function findingOf(context: CommandContext, id: string, found: Found): Finding {
  if ('code' in found) return bad(context, id, found.verdict, found.code, found.params);
  const text = context.words(found.zh, found.en);
  return found.verdict === 'OK' ? good(id, text) : skipped(id, text);
}
