import type { CredentialEnd } from '../../../pipeline/adapter-kit/index.js';
import { readLookupServices } from '../../../governance/registry/index.js';
import { ConfigurationError, UsageError } from '../../../platform/kernel/index.js';
import { speak } from '../../../platform/messages/index.js';
import type { GateView } from '../../../pipeline/sync/index.js';
import { print, printJson, say, warn, type CommandContext } from '../context.js';
import { durationText } from '../duration.js';
import { paint, table, when } from '../terminal.js';
import { withRuntime } from '../with-runtime.js';
import { listSources, stateWords, type ListedSource } from './list-sources.js';
import { showLookups } from './lookup-services.js';
import { latestRuns, type RunLine } from './run.repository.js';
import { readPush, showPush, type PushLine } from './push-status.js';
import { readCredentialEnd, readQuarantine, type QuarantineLine } from './source.repository.js';
import { statementTable, troubleOf } from './statement-table.js';

interface Status extends ListedSource {
  runs: RunLine[];
  quarantine: QuarantineLine[];
  credential: CredentialEnd | null;
  /** Pushed streams. */
  push: PushLine[];
}

export async function statusCommand(context: CommandContext, id: string | null, runs: string): Promise<void> {
  const perStream = Number(runs);
  if (!/^\d{1,3}$/.test(runs) || perStream < 1)
    throw new UsageError('CLI_USAGE', { params: { problem: '--runs 1…999' } });
  const { all, lookups } = await withRuntime(context, ({ database }) =>
    database.withContext('worker', { actor: 'cli' }, async (tx) => {
      const found: Status[] = [];
      for (const source of await listSources(tx, new Date()))
        if (id === null || source.id === id)
          found.push({
            ...source,
            runs: await latestRuns(tx, source.id, perStream),
            quarantine: await readQuarantine(tx, source.id),
            push: await readPush(tx, source.id),
            credential: await readCredentialEnd(tx, source.id, new Date()),
          });
      const services = await readLookupServices(tx);
      return { all: found, lookups: services.filter((service) => id === null || service.id === id) };
    }),
  );
  if (id !== null && all.length + lookups.length === 0)
    throw new ConfigurationError('SOURCE_UNKNOWN', { params: { source: id } });
  if (context.json) return printJson({ sources: all, ...(lookups.length > 0 && { lookups }) });
  if (all.length + lookups.length === 0) say(context.words('还没有数据源', 'There is no source yet'));
  for (const one of all) show(context, one);
  showLookups(context, lookups);
}

function show(context: CommandContext, one: Status): void {
  const { words, language } = context;
  const checked = one.checkCode ?? (one.checkedAt ? words('正常', 'ok') : '—');
  print(
    [
      `${paint(process.stdout, 'bold', one.id)}  ${one.adapter} ${one.adapterVersion} · ${one.domain}`,
      `${words('状态', 'state')} ${stateWords(context, one.state)}`,
      `${words('数据截至', 'as of')} ${when(one.asOf)}`,
      `${words('记录', 'records')} ${one.records}`,
      `${words('计划', 'every')} ${durationText(one.scheduleSeconds)}`,
      `${words('探测', 'check')} ${checked} ${when(one.checkedAt)}`,
    ].join(' · '),
  );
  const end = one.credential;
  if (end && end.standing !== 'good')
    warn(context, end.standing === 'ended' ? 'CONNECTOR_CREDENTIAL_EXPIRED' : 'CONNECTOR_CREDENTIAL_EXPIRES', {
      date: end.date,
      days: end.days,
    });
  const paused = pauseText(context, one.breaker);
  if (paused) print(`  ${paint(process.stdout, 'yellow', paused)}`);
  showPush(context, one.push);
  if (one.runs.length) print(statementTable(context, one.runs));
  for (const run of one.runs) {
    const skipped = Object.entries(run.skippedReasons);
    if (skipped.length)
      print(
        `  ${run.stream}: ${words('跳过', 'skipped')} ${skipped.map(([why, count]) => `${why} ${count}`).join(', ')}`,
      );
    for (const line of troubleOf(context, run) ?? []) print(`  ${paint(process.stdout, 'yellow', line)}`);
  }
  if (one.quarantine.length)
    print(
      table(
        {
          head: [words('隔离:数据流', 'quarantine: stream'), words('条数', 'records'), words('原因', 'reason')],
          right: [1],
        },
        one.quarantine.map(({ stream, count, reason, rows }) => [
          stream,
          String(count),
          `${reason} ${speak(reason, language).text}${rows.length ? `: ${rows.join('; ')}` : ''}`,
        ]),
      ),
    );
  if (one.state === 'NEVER_SYNCED') say(`  npx --no-install isthmus source sync ${one.id} --wait`);
}

/** Why and until when a source is not asked; empty while it is. */
function pauseText({ words }: CommandContext, { state, until, cause, failedThisHour }: GateView): string {
  if (state === 'CLOSED') return '';
  const failed = words(`本小时失败 ${failedThisHour} 次`, `${failedThisHour} requests failed this hour`);
  if (state === 'HALF_OPEN') return words(`试探是否恢复(${cause});${failed}`, `being probed (${cause}); ${failed}`);
  return words(
    `暂不访问,至 ${when(until)}${cause === null ? '' : `(${cause})`};${failed}`,
    `left alone until ${when(until)}${cause === null ? '' : ` (${cause})`}; ${failed}`,
  );
}
