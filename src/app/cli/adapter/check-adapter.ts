import { examine, type RuleResult } from '../../../pipeline/adapter-kit/index.js';
import { speak } from '../../../platform/messages/index.js';
import { EXIT, print, printJson, say, type CommandContext } from '../context.js';
import { adapterDirectory } from '../source/choose-adapter.js';
import { paint, table } from '../terminal.js';

/** The exam's report; the exit code is 1 when a rule that must hold does not. */
export async function checkCommand(context: CommandContext, directory: string): Promise<void> {
  const { words, language } = context;
  const report = await examine(adapterDirectory(directory));
  process.exitCode = report.admissible ? EXIT.ok : EXIT.failed;
  if (context.json) return printJson(report);
  print(
    table(
      {
        head: [
          words('规则', 'rule'),
          words('级别', 'level'),
          words('结果', 'result'),
          words('要求', 'requirement'),
          words('发现', 'found'),
        ],
      },
      report.results.map((one) => [
        one.id,
        one.level,
        outcome(context, one),
        one.title[language],
        one.pass ? '' : one.detail[language],
      ]),
    ),
  );
  for (const one of report.results.filter(({ outcome }) => outcome === 'fail'))
    say(`  ${one.id}  ${words('处理办法:', 'Cure: ')}${one.cure[language]}`);
  for (const { file, pointer, code, params } of report.problems) {
    const { text, cure } = speak(code, language, params);
    say(`  ${file}${pointer}  ${code}  ${text} ${words('处理办法:', 'Cure: ')}${cure}`);
  }
  const { pass, fail, notApplicable, notRun, total } = report.summary;
  say(
    words(
      `${report.admissible ? '✔ 可以接入' : '✘ 不可接入'}:${total} 条规则,通过 ${pass},未通过 ${fail},不适用 ${notApplicable},未执行 ${notRun}`,
      `${report.admissible ? '✔ admissible' : '✘ not admissible'}: ${total} rules, ${pass} passed, ${fail} failed, ${notApplicable} not applicable, ${notRun} not run`,
    ),
  );
}

function outcome({ words }: CommandContext, { outcome: found }: RuleResult): string {
  switch (found) {
    case 'pass':
      return paint(process.stdout, 'green', words('✔ 通过', '✔ pass'));
    case 'fail':
      return paint(process.stdout, 'red', words('✘ 未通过', '✘ fail'));
    case 'notApplicable':
      return words('不适用', 'n/a');
    case 'notRun':
      return words('未执行', 'not run');
  }
}
