import type { Level, ShareType, Steward } from './spec.js';

/** A word of the standard in Chinese and English. */
export interface Titled {
  zh: string;
  en: string;
}

export const STEWARD_TITLES: Readonly<Record<Steward, Titled>> = {
  police: { zh: '公安', en: 'police' },
  'civil-affairs': { zh: '民政', en: 'civil affairs' },
  telecom: { zh: '运营商', en: 'telecom' },
  property: { zh: '物业', en: 'property' },
};

export const SHARE_TITLES: Readonly<Record<ShareType, Titled>> = {
  unconditional: { zh: '无条件', en: 'unconditional' },
  conditional: { zh: '有条件', en: 'conditional' },
  none: { zh: '不予', en: 'none' },
};

export const LEVEL_TITLES: Readonly<Record<Level, Titled>> = {
  1: { zh: '公开', en: 'public' },
  2: { zh: '内部', en: 'internal' },
  3: { zh: '个人信息', en: 'personal' },
  4: { zh: '敏感个人信息', en: 'sensitive personal' },
};
