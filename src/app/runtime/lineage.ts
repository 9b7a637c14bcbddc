import { deliveryTo, LineageReporter } from '../../pipeline/lineage/index.js';
import type { TelemetryParts } from '../../platform/telemetry/index.js';
import type { Runtime } from './open-runtime.js';
import { programVersion } from './telemetry.js';

/** Tells the collector that ISTHMUS_OPENLINEAGE names of every run; null where it names none. */
export async function startLineage(
  { config, database }: Runtime,
  { metrics, logger }: TelemetryParts,
): Promise<LineageReporter | null> {
  if (config.openLineage === null) return null;
  const reporter = new LineageReporter({
    database,
    deliver: deliveryTo(config.openLineage.reveal()),
    version: programVersion(),
    report: (outcome, count, error) => {
      metrics.lineage.add({ outcome }, count);
      if (outcome !== 'sent') logger.error(`lineage-${outcome}`, error, { count });
    },
  });
  await reporter.start();
  return reporter;
}
