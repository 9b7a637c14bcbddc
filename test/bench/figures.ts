import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../kit/built.js';
import type { Proof } from '../prove/proof.js';
import { figureOf, type Report } from './report.js';

/** What `npm run prove -- --json FILE` keeps: the newest result of every promise. */
export interface ProofReport {
  machine: string;
  proofs: (Proof & { commit: string })[];
}

/** The measured results that the READMEs show; taken on one quiet machine and kept beside what is deployed. */
export const BENCH_FILE = join(ROOT, 'deploy', 'bench.json');
export const PROOF_FILE = join(ROOT, 'deploy', 'proofs.json');

const HEADS = {
  'README.md': {
    bench: ['figure', 'measured', 'against'],
    proofs: ['suite', 'promise', 'found', 'target'],
    many: (count: number) => `${count} promises, line by line in deploy/proofs.json`,
  },
  'README.zh-CN.md': {
    bench: ['指标', '实测', '对比'],
    proofs: ['套件', '承诺', '结果', '目标'],
    many: (count: number) => `${count} 条承诺,逐条见 deploy/proofs.json`,
  },
} as const;

/** Both READMEs with the measured figures between their marks: no figure stands there that nobody measured. */
export async function readmesWithFigures(bench: Report, proofs: ProofReport): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [file, heads] of Object.entries(HEADS)) {
    const path = join(ROOT, file);
    const benchRows = bench.results.map((one) => [
      one.name,
      figureOf(one),
      one.ratio === undefined ? '' : `${one.ratio.toFixed(2)} × ${one.against}`,
    ]);
    const proofRows = [...bySuite(proofs.proofs)].flatMap(([suite, all]) => proofLines(suite, all, heads.many));
    let text = readFileSync(path, 'utf8');
    text = between(text, 'bench', `${bench.machine}, commit ${bench.commit}`, table(heads.bench, benchRows));
    text = between(text, 'prove', proofs.machine, table(heads.proofs, proofRows));
    found.set(file, await format(text, { ...(await resolveConfig(path)), filepath: path }));
  }
  return found;
}

function bySuite(proofs: readonly Proof[]): Map<string, Proof[]> {
  const suites = new Map<string, Proof[]>();
  for (const one of proofs) {
    const suite = one.id.split('.')[0]!;
    suites.set(suite, [...(suites.get(suite) ?? []), one]);
  }
  return suites;
}

/** A suite of more promises than a page bears is one line. */
const MOST_LINES = 12;

function proofLines(suite: string, all: readonly Proof[], many: (count: number) => string): string[][] {
  if (all.length > MOST_LINES)
    return [[suite, many(all.length), String(all.filter(({ pass }) => pass).length), String(all.length)]];
  return all.map(({ promise, figure, target, pass }) => [
    suite,
    promise,
    String(figure),
    pass ? target : `${target} ✘`,
  ]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function between(text: string, mark: string, caption: string, body: string): string {
  const block = new RegExp(`(<!-- ${mark}:begin[^>]*-->)[\\s\\S]*?(<!-- ${mark}:end -->)`);
  if (!block.test(text)) throw new Error(`no block ${mark}`);
  return text.replace(block, (_, begin: string, end: string) => `${begin}\n\n${caption}\n\n${body}\n\n${end}`);
}

export const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** Brings the READMEs up to the measured results. @returns the files that changed. */
export async function writeFigures(): Promise<string[]> {
  const changed: string[] = [];
  for (const [file, text] of await readmesWithFigures(readJson(BENCH_FILE), readJson(PROOF_FILE))) {
    if (readFileSync(join(ROOT, file), 'utf8') === text) continue;
    writeFileSync(join(ROOT, file), text);
    changed.push(file);
  }
  return changed;
}
