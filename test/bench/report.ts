import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

export interface Result {
  name: string;
  value: number;
  unit: string;
  /** value divided by the value of `against`, taken in the same run on the same machine. */
  ratio?: number;
  against?: string;
}

export interface Report {
  machine: string;
  commit: string;
  results: Result[];
}

export function machine(): string {
  return `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

export function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}

/** A figure with its unit, as people read it. */
export const figureOf = ({ value, unit }: Pick<Result, 'value' | 'unit'>): string =>
  `${value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2)} ${unit}`;

export function printReport(report: Report, file: string | undefined): void {
  process.stdout.write(`${report.machine}  commit ${report.commit}\n`);
  for (const one of report.results) {
    const ratio = one.ratio === undefined ? '' : `   ${one.ratio.toFixed(2)} × ${one.against}`;
    process.stdout.write(`${one.name.padEnd(44)} ${figureOf(one).padStart(20)}${ratio}\n`);
  }
  if (file) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}
