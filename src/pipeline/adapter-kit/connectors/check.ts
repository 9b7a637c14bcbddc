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
      if (ranOutOfTime(error))
        return { ok: false, code: 'CONNECTOR_TIMEOUT', params: { state: 'total' }, latencyMs: latencyMs() };
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

/** Whether work ended because its signal's time was over (`AbortSignal.timeout`), also where a timer says so in its own words. */
export function ranOutOfTime(error: unknown): boolean {
  const { name, cause } = error as Error;
  return name === 'TimeoutError' || (name === 'AbortError' && (cause as Error | undefined)?.name === 'TimeoutError');
}
