import { IsthmusError } from '../../../platform/kernel/index.js';
import type { CheckResult } from '../contract.js';

/** Runs a probe and turns its failure into a result: a source that is down is an answer, not an exception. */
export async function checkWith(probe: () => Promise<void | CheckResult['warnings']>): Promise<CheckResult> {
  const started = performance.now();
  const latencyMs = (): number => Math.round(performance.now() - started);
  try {
    const warnings = await probe();
    return { ok: true, latencyMs: latencyMs(), ...(warnings?.length ? { warnings } : {}) };
  } catch (error) {
    if (!(error instanceof IsthmusError)) {
      const system =
        typeof (error as NodeJS.ErrnoException).code === 'string' || (error as Error).name === 'AbortError';
      const kind = (error as Error).name;
      return system
        ? { ok: false, code: 'CONNECTOR_UNREACHABLE', latencyMs: latencyMs() }
        : { ok: false, code: 'CONNECTOR_FAILED', params: { kind }, latencyMs: latencyMs() };
    }
    const where = Object.entries(error.where).filter(
      (entry): entry is [string, string | number] => entry[1] !== undefined,
    );
    return {
      ok: false,
      code: error.code,
      params: { ...Object.fromEntries(where), ...error.params },
      latencyMs: latencyMs(),
    };
  }
}
