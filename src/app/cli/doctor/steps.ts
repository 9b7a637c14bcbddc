/** What a walk examines, in the order in which one thing rests on the one before. */
export const SOURCE_STEPS = [
  'dns',
  'tcp',
  'tls',
  'clock',
  'auth',
  'permission',
  'schema',
  'first-page',
  'mapping',
  'levels',
] as const;

export type SourceStep = (typeof SOURCE_STEPS)[number];

/** What a step found. `zh` and `en` tell what is good; what is not has a code of the catalogue. */
export type Found =
  | { verdict: 'OK' | 'SKIPPED'; zh: string; en: string }
  | { verdict: 'WARN' | 'FAIL'; code: string; params?: Record<string, string | number> };

export const fine = (zh: string, en: string): Found => ({ verdict: 'OK', zh, en });
export const notNeeded = (zh: string, en: string): Found => ({ verdict: 'SKIPPED', zh, en });
export const fails = (code: string, params: Record<string, string | number> = {}): Found => ({
  verdict: 'FAIL',
  code,
  params,
});
export const warns = (code: string, params: Record<string, string | number> = {}): Found => ({
  verdict: 'WARN',
  code,
  params,
});

/** Takes steps in order and stops at the first that fails; those after it were not reached. */
export async function walk<S extends string>(
  steps: readonly S[],
  take: (step: S) => Promise<readonly Found[]>,
): Promise<{ step: S; found: readonly Found[] | null }[]> {
  const results: { step: S; found: readonly Found[] | null }[] = [];
  let stopped = false;
  for (const step of steps) {
    const found: readonly Found[] | null = stopped ? null : await take(step);
    stopped ||= found?.some(({ verdict }) => verdict === 'FAIL') ?? false;
    results.push({ step, found });
  }
  return results;
}
