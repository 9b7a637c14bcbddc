import { UsageError } from '../../platform/kernel/index.js';

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `30s`, `5m`, `1h`, `90d` in seconds. @throws UsageError CLI_DURATION. */
export function seconds(text: string): number {
  const found = /^(\d{1,6})([smhd])$/.exec(text.trim());
  const value = found ? Number(found[1]) * SECONDS[found[2] as keyof typeof SECONDS] : 0;
  if (value < 1) throw new UsageError('CLI_DURATION', { params: { given: text.slice(0, 40) } });
  return value;
}

/** `300` → `5m`: the largest unit that divides. */
export function durationText(value: number | null): string {
  if (value === null) return '—';
  for (const unit of ['d', 'h', 'm'] as const)
    if (value % SECONDS[unit] === 0) return `${value / SECONDS[unit]}${unit}`;
  return `${value}s`;
}
