export { cancelSync, dueSources, openRunCount, startSync, waitingRuns, type WakeWorker } from './sync-control.js';
export { approveHold, checkedReason } from './approve-hold.js';
export { waitingHolds, type Decision, type HoldRow } from './hold.repository.js';
export type { Engine, Progress } from './engine.js';
export { openPushRuns } from './push-runs.repository.js';
export { openReplay, REPLAYABLE } from './replay.repository.js';
export { runStream, type RunResult } from './run-stream.js';
export {
  addSource,
  removeSource,
  secretsAad,
  sourceSettings,
  storedAdapter,
  updateAdapter,
  updateSettings,
  type NewSource,
} from './source.repository.js';
export { countsOf, type Counts } from './statement.js';
export type { RunState } from './sync-run.repository.js';
export { checkSource } from './check-source.job.js';
export { SyncModule } from './sync.module.js';
export { ENGINE } from './sync.tokens.js';
export { readGates, type GateView } from './source-gate.repository.js';
