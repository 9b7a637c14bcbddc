import {
  credentialEnd,
  openSource,
  type AdapterManifest,
  type SourceConnection,
} from '../../../pipeline/adapter-kit/index.js';
import { compileMapping, type CompiledMapping } from '../../../pipeline/conform/index.js';
import { sourceSettings, storedAdapter } from '../../../pipeline/sync/index.js';
import { IsthmusError } from '../../../platform/kernel/index.js';
import type { Runtime } from '../../runtime/open-runtime.js';
import type { CommandContext } from '../context.js';
import { listSources } from '../source/list-sources.js';
import { withRuntime } from '../with-runtime.js';
import { bad, broken, good, skipped, type Finding } from './finding.js';

const PAGE = 50;
const DEADLINE_MS = 15_000;
/** States that `reach` and `sign in` do not already explain. */
const NOTEWORTHY = new Set(['HELD', 'SUSPENDED', 'STALE']);

/** Every source in service: can it be reached and signed in to, and does the first page of each stream read and map. */
export function checkSources(context: CommandContext): Promise<Finding[]> {
  return withRuntime(context, async (runtime) => {
    const sources = await runtime.database.withContext('worker', { actor: 'cli' }, (tx) => listSources(tx, new Date()));
    const findings: Finding[] = [];
    for (const { id, state } of sources) {
      if (NOTEWORTHY.has(state))
        findings.push(bad(context, `source/${id}`, 'WARN', 'DOCTOR_SOURCE_STATE', { source: id, state }));
      findings.push(...(await checkOne(context, runtime, id)));
    }
    if (sources.length === 0) findings.push(skipped('sources', context.words('没有数据源', 'there is no source')));
    return findings;
  });
}

async function checkOne(context: CommandContext, runtime: Runtime, source: string): Promise<Finding[]> {
  const id = `source/${source}`;
  try {
    const { adapter, settings } = await runtime.database.withContext('worker', { actor: 'cli' }, async (tx) => {
      const stored = await sourceSettings(tx, runtime.keyring, source);
      return { adapter: await storedAdapter(tx, stored.adapterHash), settings: stored.settings };
    });
    const mappings = compileMapping(adapter.mapping, adapter.manifest);
    const connection = await openSource(adapter.manifest, settings);
    try {
      const check = await connection.check(AbortSignal.timeout(DEADLINE_MS));
      if (!check.ok)
        return [bad(context, `${id}/connect`, 'FAIL', check.code ?? 'CONNECTOR_UNREACHABLE', check.params)];
      const reached = good(
        `${id}/connect`,
        context.words(`已连通并登录,${check.latencyMs} ms`, `reached and signed in, ${check.latencyMs} ms`),
      );
      const notes = (check.warnings ?? []).map(({ code, params }) =>
        bad(context, `${id}/connect`, 'WARN', code, params),
      );
      const end = credentialEnd(adapter.manifest, new Date());
      if (end?.standing === 'soon')
        notes.push(
          bad(context, `${id}/credential`, 'WARN', 'CONNECTOR_CREDENTIAL_EXPIRES', { date: end.date, days: end.days }),
        );
      return [reached, ...notes, ...(await firstPages(context, id, adapter.manifest, mappings, connection))];
    } finally {
      await connection.close();
    }
  } catch (error) {
    return [broken(context, `${id}/connect`, error)];
  }
}

async function firstPages(
  context: CommandContext,
  id: string,
  manifest: AdapterManifest,
  mappings: ReadonlyMap<string, CompiledMapping>,
  connection: SourceConnection,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name } of manifest.streams) {
    try {
      const { read, refused, first } = await firstPage(connection, name, mappings.get(name)!);
      findings.push(
        read === 0
          ? bad(context, `${id}/${name}`, 'WARN', 'DOCTOR_SOURCE_EMPTY', { stream: name })
          : refused * 10 > read
            ? bad(context, `${id}/${name}`, 'WARN', 'DOCTOR_SOURCE_ROWS', { stream: name, refused, read, first })
            : good(
                `${id}/${name}`,
                context.words(
                  `首页 ${read} 条,可映射 ${read - refused} 条`,
                  `first page: ${read} records, ${read - refused} can be mapped`,
                ),
              ),
      );
    } catch (error) {
      findings.push(broken(context, `${id}/${name}`, error));
    }
  }
  return findings;
}

/** Reads one page and maps it in memory; only counts leave this function. */
async function firstPage(
  connection: SourceConnection,
  stream: string,
  mapping: CompiledMapping,
): Promise<{ read: number; refused: number; first: string }> {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  let [read, refused, first] = [0, 0, ''];
  for await (const page of connection.read({ stream, checkpoint: null, pageSize: PAGE, signal })) {
    for (const record of page.records) {
      read++;
      const code = refusal(connection, stream, mapping, record);
      if (code === null) continue;
      refused++;
      first ||= code;
    }
    // A stream read by periods or windows may begin with empty ones.
    if (read > 0) break;
  }
  return { read, refused, first };
}

function refusal(
  connection: SourceConnection,
  stream: string,
  mapping: CompiledMapping,
  record: Uint8Array,
): string | null {
  try {
    const made = mapping.conform(connection.parse(stream, record));
    return made.kind === 'rejected' ? made.rejection.code : null;
  } catch (error) {
    if (error instanceof IsthmusError) return error.code;
    throw error;
  }
}
