import {
  readLookupServices,
  readSources,
  sourceAsOf,
  sourceState,
  type SourceState,
} from '../../../governance/registry/index.js';
import type { Tx } from '../../../platform/database/index.js';
import { readGates, type GateView } from '../../../pipeline/sync/index.js';
import { print, printJson, say, type CommandContext } from '../context.js';
import { durationText } from '../duration.js';
import { paint, table, when } from '../terminal.js';
import { withRuntime } from '../with-runtime.js';
import { showLookups } from './lookup-services.js';
import { stateWord } from './state-words.js';
import { readLines, type SourceLine } from './source.repository.js';

export interface ListedSource extends SourceLine {
  domain: string;
  state: SourceState;
  asOf: Date | null;
  lagSeconds: number | null;
  breaker: GateView;
}

export function stateWords({ words }: CommandContext, state: SourceState): string {
  return paint(process.stdout, state === 'OK' ? 'green' : 'yellow', stateWord(words, state));
}

/** Every source in service with its state, judged by the same rule as the graph's. */
export async function listSources(tx: Tx, now: Date): Promise<ListedSource[]> {
  const facts = new Map((await readSources(tx)).map((one) => [one.id, one]));
  const gateOf = await readGates(tx);
  return (await readLines(tx)).flatMap((line) => {
    const source = facts.get(line.id);
    if (!source) return [];
    const asOf = sourceAsOf(source);
    const lagSeconds = asOf === null ? null : Math.max(0, Math.round((now.getTime() - asOf.getTime()) / 1000));
    return [
      { ...line, domain: source.domain, state: sourceState(source, now), asOf, lagSeconds, breaker: gateOf(line.id) },
    ];
  });
}

export async function listCommand(context: CommandContext): Promise<void> {
  const { words } = context;
  const { sources, lookups } = await withRuntime(context, ({ database }) =>
    database.withContext('worker', { actor: 'cli' }, async (tx) => ({
      sources: await listSources(tx, new Date()),
      lookups: await readLookupServices(tx),
    })),
  );
  if (context.json) return printJson({ sources, ...(lookups.length > 0 && { lookups }) });
  if (sources.length + lookups.length === 0) {
    say(words('还没有数据源', 'There is no source yet'));
    say(`  npx --no-install isthmus source add --help`);
    return;
  }
  if (sources.length > 0)
    print(
      table(
        {
          head: [
            ...[words('数据源', 'source'), words('适配器', 'adapter'), words('领域', 'domain'), words('状态', 'state')],
            ...[words('数据截至', 'as of'), words('记录', 'records'), words('隔离', 'quarantined')],
            ...[words('计划', 'every'), words('探测', 'checked')],
          ],
          right: [5, 6],
        },
        sources.map((one) => [
          ...[one.demo ? `${one.id} ${words('(示范)', '(demo)')}` : one.id, `${one.adapter} ${one.adapterVersion}`],
          ...[one.domain, stateWords(context, one.state), when(one.asOf), String(one.records), String(one.quarantined)],
          ...[durationText(one.scheduleSeconds), one.checkCode ?? when(one.checkedAt)],
        ]),
      ),
    );
  showLookups(context, lookups);
}
