import { resolve } from 'node:path';
import { measureLinks } from '../../../pipeline/link/index.js';
import { print, printJson, say, type CommandContext } from '../context.js';
import { table } from '../terminal.js';
import { withRuntime } from '../with-runtime.js';

/** Pairwise and cluster precision, recall and F1 of the links against a file that says who is who. */
export async function measureCommand(context: CommandContext, truth: string): Promise<void> {
  const { words } = context;
  const measure = await withRuntime(context, ({ database }) => measureLinks(database, resolve(truth)));
  const { overall, clusters, fullIdAndName, records, wrongMerges } = measure;
  if (context.json) {
    const { precision, recall, f1 } = overall;
    return printJson({ precision, recall, f1, ...measure });
  }
  const line = (name: string, of: { precision: number; recall: number; f1: number }): string[] => [
    name,
    ...[of.precision, of.recall, of.f1].map((value) => value.toFixed(4)),
  ];
  print(
    table(
      {
        head: [words('范围', 'of'), words('精确率', 'precision'), words('召回率', 'recall'), 'F1'],
        right: [1, 2, 3],
      },
      [
        line(words('全部,按对', 'all records, by pairs'), overall),
        line(words('号码与姓名完整者,按对', 'full valid ID and name, by pairs'), fullIdAndName),
        line(words('全部,整簇无误', 'all records, whole clusters'), clusters.exact),
        line(words('全部,B-cubed', 'all records, B-cubed'), clusters.bCubed),
      ],
    ),
  );
  say(
    words(
      `记录:真值 ${records.inTruth},已度量 ${records.measured},库中没有 ${records.missing},真值没有 ${records.unknown}`,
      `records: ${records.inTruth} in the truth, ${records.measured} measured, ${records.missing} not stored, ${records.unknown} not in the truth`,
    ),
  );
  say(
    words(
      `错误合并:${wrongMerges.all} 对(双胞胎 ${wrongMerges.twins},共用电话 ${wrongMerges.sharedPhones},重复号码 ${wrongMerges.duplicateNumber})`,
      `wrong merges: ${wrongMerges.all} pairs (twins ${wrongMerges.twins}, shared phones ${wrongMerges.sharedPhones}, duplicate number ${wrongMerges.duplicateNumber})`,
    ),
  );
}
