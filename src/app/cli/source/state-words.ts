import type { SourceState } from '../../../governance/registry/index.js';
import type { Words } from '../words.js';

const STATES: Record<SourceState, [zh: string, en: string]> = {
  OK: ['正常', 'ok'],
  STALE: ['陈旧', 'stale'],
  DOWN: ['不可达', 'down'],
  HELD: ['已挂起', 'held'],
  SUSPENDED: ['已暂停', 'suspended'],
  NEVER_SYNCED: ['未同步', 'never synced'],
};

/** How a source stands, in a word. */
export const stateWord = (words: Words, state: SourceState): string => words(...STATES[state]);
