import type { FieldSpec, Level, ShareType, Titled } from '../../../standard/index.js';

/** Under which condition others may have it; the law's words are of 国发〔2016〕51号, 政务信息资源共享管理暂行办法. */
export const SHARE_CONDITIONS: Readonly<Record<ShareType, Titled>> = {
  unconditional: { zh: '无', en: 'none' },
  conditional: {
    zh: '经数源单位授权,逐次声明用途与案号',
    en: 'a grant of the steward; purpose and case declared with every request',
  },
  none: { zh: '依法律法规不予共享', en: 'not shared, by law or regulation' },
};

const SENSITIVE: Titled = { zh: '敏感项(L4)须用途逐项写明', en: 'the purpose must name each sensitive item (L4)' };

/** The share type of several items together: conditional when they differ. */
export function shareTypeOf(items: readonly Pick<FieldSpec, 'share'>[]): ShareType {
  const [first, ...others] = new Set(items.map(({ share }) => share));
  return first === undefined || others.length > 0 ? 'conditional' : first;
}

/** The condition in words; sensitive items have one more. */
export function shareConditionOf(share: ShareType, level: Level): Titled {
  const { zh, en } = SHARE_CONDITIONS[share];
  return share === 'conditional' && level === 4
    ? { zh: `${zh};${SENSITIVE.zh}`, en: `${en}; ${SENSITIVE.en}` }
    : { zh, en };
}

/** Only what is public and shared with everybody may be opened; the gateway itself answers nobody who is not signed in. */
export function openTermsOf(share: ShareType, level: Level): { open: boolean; openCondition: Titled } {
  const open = share === 'unconditional' && level === 1;
  return {
    open,
    openCondition: open
      ? {
          zh: '可由数源单位向社会开放;本网关只答复已登录者',
          en: 'its steward may open it; this gateway answers only who is signed in',
        }
      : { zh: '不向社会开放', en: 'not open to the public' },
  };
}
