import {
  credentialEnd,
  openSource,
  reconcileSeconds,
  splitSecrets,
  type AdapterManifest,
  type CheckResult,
} from '../../../pipeline/adapter-kit/index.js';
import type { LoadedAdapter } from '../../../pipeline/conform/index.js';
import { addSource } from '../../../pipeline/sync/index.js';
import { IsthmusError, UsageError } from '../../../platform/kernel/index.js';
import { PUSH_PATH } from '../../../pipeline/push/index.js';
import { EXIT, printJson, say, sayCode, warn, type CommandContext } from '../context.js';
import { durationText, seconds } from '../duration.js';
import type { AddOptions } from './options.js';
import { withRuntime } from '../with-runtime.js';
import { chooseAdapter } from './choose-adapter.js';
import { readSettings } from './read-settings.js';
import { recordCheck, refuseBesideDemo } from './source.repository.js';

const CHECK_MS = 15_000;

/** Everything that can be checked is checked before anything is stored, the connection included. */
export async function addCommand(context: CommandContext, id: string, options: AddOptions): Promise<void> {
  const { words, language, json } = context;
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(id)) throw new UsageError('CLI_SOURCE_ID', { params: { given: id.slice(0, 60) } });
  const { manifest, loaded } = chooseAdapter(options.adapter);
  const scheduleSeconds = options.schedule === undefined ? reconcileSeconds(manifest) : seconds(options.schedule);
  if (manifest.kind === 'on-demand' && scheduleSeconds !== null)
    throw new UsageError('SYNC_ON_DEMAND', { params: { source: id } });
  const all = readSettings(id, manifest, options);
  await withRuntime(context, async ({ database, keyring }) => {
    await database.withContext('worker', { actor: 'cli' }, (tx) => refuseBesideDemo(tx, id));
    const check = options.check ? await tryConnection(manifest, all) : null;
    if (check && !check.ok) {
      if (json) printJson({ id, added: false, check });
      sayCode(check.code ?? 'CONNECTOR_UNREACHABLE', language, check.params);
      say(words('没有接入;确认无误可加 --no-check', 'Not added; --no-check adds it all the same'));
      process.exitCode = EXIT.unreachable;
      return;
    }
    const { settings, secrets } = splitSecrets(manifest, all);
    const adapter = loaded as LoadedAdapter<AdapterManifest & Record<string, unknown>>;
    await database.withContext('worker', { actor: 'cli' }, async (tx) => {
      await addSource(tx, keyring, { id, adapter, settings, secrets, demo: false, scheduleSeconds, actor: 'cli' });
      if (check) await recordCheck(tx, id);
    });
    const streams = [...manifest.streams, ...(manifest.services ?? [])].map(({ name }) => name);
    if (json) {
      printJson({ id, added: true, adapter: manifest.id, version: manifest.version, streams, scheduleSeconds, check });
      return;
    }
    if (check) say(`✔ ${words('连接与登录正常', 'reached and signed in')}  (${check.latencyMs} ms)`);
    const end = credentialEnd(manifest, new Date());
    const notes = [...(check?.warnings ?? [])];
    if (end?.standing === 'soon')
      notes.push({ code: 'CONNECTOR_CREDENTIAL_EXPIRES', params: { date: end.date, days: end.days } });
    for (const note of notes) warn(context, note.code, note.params);
    say(
      `✔ ${words(`数据源 ${id} 已接入`, `source ${id} added`)}: ${manifest.id} ${manifest.version} · ${streams.join(', ')}`,
    );
    if (manifest.kind === 'on-demand')
      return say(
        `  ${words('查询时即向其核实;状态', 'it is asked at request time; state')}: npx --no-install isthmus source status ${id}`,
      );
    for (const { name, mode } of manifest.streams)
      if (mode === 'push')
        say(
          `  ${words('推送到', 'push to')} POST ${PUSH_PATH}${id}/${name} · ${words('对账每', 'read whole every')} ${durationText(scheduleSeconds)}`,
        );
    say(`  ${words('下一步', 'next')}: npx --no-install isthmus source sync ${id} --wait`);
  });
}

/** Reaches the source and signs in; a failure is an answer. */
export async function tryConnection(
  manifest: AdapterManifest,
  settings: Readonly<Record<string, unknown>>,
): Promise<CheckResult> {
  const connection = await openSource(manifest, settings);
  try {
    return await connection.check(AbortSignal.timeout(CHECK_MS));
  } catch (error) {
    const known = error instanceof IsthmusError;
    return {
      ok: false,
      code: known ? error.code : 'CONNECTOR_FAILED',
      params: known ? error.params : { kind: (error as Error).name },
      latencyMs: 0,
    };
  } finally {
    await connection.close();
  }
}
