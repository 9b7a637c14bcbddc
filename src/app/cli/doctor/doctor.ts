import { EXIT, print, printJson, say, type CommandContext } from '../context.js';
import { paint, table } from '../terminal.js';
import { checkMachine } from './check-machine.js';
import { checkDatabase } from './check-database.js';
import { checkSources } from './check-sources.js';
import type { Finding, Verdict } from './finding.js';

/** Every check with its verdict and cure; exit code 1 when one failed. It changes nothing. */
export async function doctor(context: CommandContext): Promise<void> {
  const { words } = context;
  const findings = await checkMachine(context);
  const database = await checkDatabase(context);
  findings.push(...database.findings);
  if (database.usable) findings.push(...(await checkSources(context)));
  const healthy = findings.every(({ verdict }) => verdict !== 'FAIL');
  process.exitCode = healthy ? EXIT.ok : EXIT.failed;
  if (context.json) return printJson({ healthy, checks: findings });
  print(
    table(
      { head: [words('检查', 'check'), words('结论', 'verdict'), words('说明', 'finding')] },
      findings.map((one) => [one.id, verdictWords(context, one), one.code ? `${one.code} ${one.text}` : one.text]),
    ),
  );
  for (const { id, cure } of findings) if (cure) say(`  ${id}  ${words('处理办法:', 'Cure: ')}${cure}`);
}

const VERDICTS: Record<Verdict, [zh: string, en: string]> = {
  OK: ['✔ 正常', '✔ ok'],
  WARN: ['⚠ 注意', '⚠ warning'],
  FAIL: ['✘ 失败', '✘ failed'],
  SKIPPED: ['○ 未查', '○ not checked'],
};

function verdictWords({ words }: CommandContext, { verdict }: Finding): string {
  const text = words(...VERDICTS[verdict]);
  if (verdict === 'SKIPPED') return text;
  return paint(process.stdout, verdict === 'OK' ? 'green' : verdict === 'WARN' ? 'yellow' : 'red', text);
}
