import { EXIT, print, printJson, say, type CommandContext } from '../context.js';
import { paint, table } from '../terminal.js';
import { checkDatabase } from './check-database.js';
import { checkDisk, checkKeys, checkMachine } from './check-machine.js';
import { checkSources } from './check-sources.js';
import { notReached, type Finding, type Verdict } from './finding.js';
import { SOURCE_STEPS } from './steps.js';

/**
 * Every check with its verdict, the first that fails with its cure; exit code 1 when one failed. It changes nothing.
 * With a source: the walk from its name to the settings of our database, where each step rests on those before.
 */
export async function doctor(context: CommandContext, source: string | null): Promise<void> {
  const findings = source === null ? await examineAll(context) : await walkOne(context, source);
  const failing = findings.find(({ verdict }) => verdict === 'FAIL') ?? null;
  process.exitCode = failing ? EXIT.failed : EXIT.ok;
  if (context.json) return printJson({ healthy: failing === null, failing, checks: findings });
  const { words } = context;
  print(
    table(
      { head: [words('检查', 'check'), words('结论', 'verdict'), words('说明', 'finding')] },
      (source === null ? inShort(findings) : findings).map((one) => [
        one.id,
        verdictWords(context, one),
        one.code ? `${one.code} ${one.text}` : one.text,
      ]),
    ),
  );
  for (const { id, cure } of findings) if (cure) say(`  ${id}  ${words('处理办法:', 'Cure: ')}${cure}`);
  if (failing)
    say(`${paint(process.stderr, 'red', '✘')} ${words('首个未通过', 'first to fail')}: ${failing.id}  ${failing.code}`);
}

async function examineAll(context: CommandContext): Promise<Finding[]> {
  const machine = await checkMachine(context);
  const database = await checkDatabase(context);
  const sources = database.usable ? await checkSources(context, null) : [];
  return [...machine, ...database.findings, ...database.settings, ...sources];
}

async function walkOne(context: CommandContext, source: string): Promise<Finding[]> {
  const database = await checkDatabase(context);
  const steps = database.usable
    ? await checkSources(context, source)
    : [...database.findings, ...SOURCE_STEPS.map((step) => notReached(context, `source/${source}/${step}`))];
  const rest: [id: string, check: () => Promise<Finding[]> | Finding[]][] = [
    ['disk', () => [checkDisk(context)]],
    ['keys-backup', () => checkKeys(context)],
    ['database-settings', () => database.settings],
  ];
  for (const [id, check] of rest)
    steps.push(...(steps.some(({ verdict }) => verdict === 'FAIL') ? [notReached(context, id)] : await check()));
  return steps;
}

/** One line for all that is good with a source; what is not, and what its walk did not reach, keep their own. */
function inShort(findings: readonly Finding[]): Finding[] {
  const short: Finding[] = [];
  for (const one of findings) {
    const [kind, source, step] = one.id.split('/');
    const quiet = kind === 'source' && step !== undefined && (one.verdict === 'OK' || one.verdict === 'SKIPPED');
    const id = `source/${source}`;
    const before = short.find((line) => line.id === id && line.verdict === 'OK');
    if (!quiet) short.push(one);
    else if (one.verdict === 'OK' && before) before.text += ` · ${step} ${one.text}`;
    else if (one.verdict === 'OK') short.push({ ...one, id, text: `${step} ${one.text}` });
  }
  return short.filter(({ verdict }) => verdict !== 'NOT_REACHED');
}

const VERDICTS: Record<Verdict, [zh: string, en: string]> = {
  OK: ['✔ 正常', '✔ ok'],
  WARN: ['⚠ 注意', '⚠ warning'],
  FAIL: ['✘ 失败', '✘ failed'],
  SKIPPED: ['○ 未查', '○ not checked'],
  NOT_REACHED: ['· 未到', '· not reached'],
};

function verdictWords({ words }: CommandContext, { verdict }: Finding): string {
  const text = words(...VERDICTS[verdict]);
  if (verdict === 'SKIPPED' || verdict === 'NOT_REACHED') return text;
  return paint(process.stdout, verdict === 'OK' ? 'green' : verdict === 'WARN' ? 'yellow' : 'red', text);
}
