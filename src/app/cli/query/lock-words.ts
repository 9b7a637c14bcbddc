import type { CommandContext } from '../context.js';
import type { Disclosure } from './answer.js';

const ACCESS: Record<string, [zh: string, en: string]> = {
  MASKED: ['🔒 已掩码', '🔒 masked'],
  GENERALISED: ['🔒 已概化', '🔒 generalised'],
  VERIFY_ONLY: ['🔒 只可核验', '🔒 verify only'],
  WITHHELD: ['🔒 不提供', '🔒 withheld'],
};
const STATE: Record<string, [zh: string, en: string]> = {
  EMPTY: ['来源为空', 'empty at the source'],
  ABSENT: ['无来源提供', 'no source gives it'],
  MASKED_AT_SOURCE: ['来源处已掩码', 'masked at the source'],
  PLACEHOLDER: ['来源填的是占位值', 'placeholder at the source'],
  SOURCE_UNAVAILABLE: ['来源不可用', 'source unavailable'],
};

/** Why a value is as it is, in words: lock, state, rule and what would open it; empty for an ordinary one. */
export function lockWords({ words }: CommandContext, disclosure: readonly Disclosure[]): string {
  return disclosure
    .map(({ access, state, stale, rule, unlock }) => {
      const parts: string[] = [];
      const locked = ACCESS[access];
      if (locked) parts.push(`${words(...locked)}(${rule})`);
      const said = state === undefined ? undefined : STATE[state];
      if (said) parts.push(words(...said));
      if (stale) parts.push(words(`陈旧(${rule})`, `stale (${rule})`));
      if (unlock) parts.push(`${words('解锁', 'unlock')}: ${unlock}`);
      return parts.join(' · ');
    })
    .filter((text) => text !== '')
    .join('; ');
}
