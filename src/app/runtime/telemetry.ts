import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { JobQueue } from '../../platform/queue/index.js';
import { readGates } from '../../pipeline/sync/index.js';
import { Health, Logger, Metrics, type TelemetryParts } from '../../platform/telemetry/index.js';
import type { Runtime } from './open-runtime.js';

/** From package.json, three folders above this file in source and build alike. */
export function programVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

const LOG_LIMIT_BYTES = 20 << 20;

/** Log (a file beside the data, so that the terminal stays readable), metrics and health of one process. */
export function telemetryOf(runtime: Runtime): TelemetryParts {
  const { config, database } = runtime;
  const file = join(config.dataDir, 'isthmus.log');
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  const logger = new Logger({
    level: config.logLevel,
    destination: pino.destination({ dest: file, mode: 0o600, sync: true }),
  });
  const metrics = new Metrics();
  metrics.build.set({ version: programVersion() }, 1);
  const health = new Health();
  health.require('database', () => database.withContext('worker', { actor: 'health' }, (tx) => tx.query('SELECT 1')));
  metrics.beforeScrape(() => fillFromDatabase(runtime, metrics));
  return { logger, metrics, health };
}

/** Gauges that only the queue knows. */
export function meterQueue(metrics: Metrics, queue: JobQueue): void {
  metrics.beforeScrape(async () => {
    for (const [job, depth] of Object.entries(await queue.depths()))
      for (const [state, count] of Object.entries(depth)) metrics.jobs.set({ job, state }, count);
  });
}

async function fillFromDatabase({ database }: Runtime, metrics: Metrics): Promise<void> {
  const { sources, outbox, gateOf } = await database.withContext('worker', { actor: 'metrics' }, async (tx) => ({
    sources: await tx.query<{ id: string; up: boolean; lag: number | null; quarantined: number }>(
      `SELECT c.id, c.check_state = 'OK' AS up, extract(epoch FROM clock_timestamp() - min(s.as_of))::float8 AS lag,
              (SELECT count(*)::int FROM data.quarantine q JOIN control.stream t ON t.id = q.stream
               WHERE t.source = c.id AND q.resolved_at IS NULL) AS quarantined
       FROM control.source c LEFT JOIN control.stream s ON s.source = c.id WHERE c.removed_at IS NULL GROUP BY c.id`,
    ),
    gateOf: await readGates(tx),
    outbox: await tx.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM control.change_outbox`),
  }));
  for (const gauge of [
    metrics.sourceUp,
    metrics.sourceLag,
    metrics.quarantined,
    metrics.breakerOpen,
    metrics.sourceRequests,
  ])
    gauge.clear();
  for (const { id: source, up, lag, quarantined } of sources.rows) {
    metrics.sourceUp.set({ source }, up ? 1 : 0);
    if (lag !== null) metrics.sourceLag.set({ source }, lag);
    metrics.quarantined.set({ source }, quarantined);
    const { state, requestsThisHour, failedThisHour } = gateOf(source);
    metrics.breakerOpen.set({ source }, state === 'CLOSED' ? 0 : 1);
    metrics.sourceRequests.set({ source, outcome: 'made' }, requestsThisHour);
    metrics.sourceRequests.set({ source, outcome: 'failed' }, failedThisHour);
  }
  metrics.outbox.set({}, outbox.rows[0]!.rows);
}
