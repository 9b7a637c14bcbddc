import type { ResourceClass, ShareMode, UpdateCycle } from '../../../governance/registry/index.js';
import { LEVEL_TITLES, SHARE_TITLES, STEWARD_TITLES, type Level, type ShareType } from '../../../standard/index.js';
import type { Words } from '../words.js';

const CLASSES: Record<ResourceClass, [zh: string, en: string]> = {
  BASE: ['基础信息资源', 'base'],
  THEME: ['主题信息资源', 'theme'],
  DEPARTMENT: ['部门信息资源', 'department'],
};
const MODES: Record<ShareMode, [zh: string, en: string]> = {
  API: ['接口', 'API'],
  DATABASE: ['库表', 'database'],
  FILE: ['文件', 'file'],
};
const CYCLES: Record<UpdateCycle, [zh: string, en: string]> = {
  REAL_TIME: ['实时', 'real time'],
  DAILY: ['每日', 'daily'],
  WEEKLY: ['每周', 'weekly'],
  MONTHLY: ['每月', 'monthly'],
  QUARTERLY: ['每季度', 'quarterly'],
  HALF_YEARLY: ['每半年', 'half-yearly'],
  YEARLY: ['每年', 'yearly'],
  IRREGULAR: ['不定期', 'irregular'],
  NEVER: ['不更新', 'never'],
};

/** The catalogue's codes in the user's language. */
export function catalogueWords(words: Words) {
  return {
    class: (one: ResourceClass) => words(...CLASSES[one]),
    mode: (one: ShareMode) => words(...MODES[one]),
    cycle: (one: UpdateCycle | null) => (one === null ? '' : words(...CYCLES[one])),
    share: (one: ShareType) => words(`${SHARE_TITLES[one].zh}共享`, SHARE_TITLES[one].en),
    level: (one: Level) => `L${one} ${words(LEVEL_TITLES[one].zh, LEVEL_TITLES[one].en)}`,
    steward: (one: string) => {
      const title = Object.hasOwn(STEWARD_TITLES, one) ? STEWARD_TITLES[one as keyof typeof STEWARD_TITLES] : null;
      return title ? words(title.zh, title.en) : one;
    },
  };
}
