import type { ProgressTotals } from './progress-board.js';

/** 1240 → `1 240`. */
export const grouped = (count: number): string => String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ' ');

/** 28 → `28 s`, 150 → `2 min 30 s`. */
export const duration = (seconds: number): string => {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
};

/** `读取 1 240/3 000 · 入库 1 236 · 隔离 4 · 62/s · 剩余 28 s`; what is not known is left out. */
export function progressLine(totals: ProgressTotals, language: 'zh' | 'en'): string {
  const word = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const of = totals.expected === null ? '' : `/${grouped(totals.expected)}`;
  const parts = [
    `${word('读取', 'read')} ${grouped(totals.read)}${of}`,
    `${word('入库', 'stored')} ${grouped(totals.stored)}`,
    ...(totals.unchanged ? [`${word('未变', 'unchanged')} ${grouped(totals.unchanged)}`] : []),
    `${word('隔离', 'quarantined')} ${grouped(totals.quarantined)}`,
    `${grouped(totals.rate)}/s`,
  ];
  if (totals.remaining !== null) parts.push(`${word('剩余', 'left')} ${duration(totals.remaining)}`);
  return parts.join(' · ');
}
