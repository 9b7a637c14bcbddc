import type { ExecutorChoice, FederatedExecutor, Subgraphs } from './federated-executor.js';

/**
 * Makes the executor. `auto` takes hive and falls back to stitching where its native planner does not load (it needs
 * glibc ≥ 2.30); a forced choice never falls back.
 */
export async function makeExecutor(
  choice: ExecutorChoice,
  supergraphSdl: string,
  subgraphs: Subgraphs,
): Promise<FederatedExecutor> {
  // Imported when needed: the runtime of the one not chosen costs a second of start-up.
  const stitching = async (): Promise<FederatedExecutor> =>
    (await import('./executor-stitching.js')).stitchingExecutor(supergraphSdl, subgraphs);
  const hive = async (): Promise<FederatedExecutor> =>
    (await import('./executor-hive.js')).hiveExecutor(supergraphSdl, subgraphs);
  if (choice === 'stitching') return stitching();
  if (choice === 'hive') return hive();
  return (await plannerLoads()) ? hive() : stitching();
}

/** True when the native query planner can be loaded on this machine. */
export async function plannerLoads(): Promise<boolean> {
  try {
    await import('@graphql-hive/router-query-planner');
    return true;
  } catch {
    return false;
  }
}
