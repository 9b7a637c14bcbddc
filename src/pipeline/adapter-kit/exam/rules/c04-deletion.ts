import { difference, rowsOf, same, tell } from '../compare.js';
import type { ExamContext, StreamCase } from '../context.js';
import { fail, PASS, type Rule, type Verdict } from '../rule.js';

/**
 * A vanished row can be told from one that was only not delivered: the scan counts its rows, keeps them in grace for a
 * scan, or names its complete periods. A soft delete comes out of the mapping as a deletion.
 */
export const c04: Rule = {
  id: 'C04',
  level: 'MUST',
  title: { zh: '删除可靠识别', en: 'Deletions are told reliably' },
  needs: ['A01', 'C01'],
  run: async (exam) => {
    for (const stream of exam.streams) {
      const verdict = (await vanished(exam, stream)) ?? softDeleted(exam, stream);
      if (verdict) return verdict;
    }
    return PASS;
  },
};

async function vanished(exam: ExamContext, { name, manifest, rows }: StreamCase): Promise<Verdict | null> {
  if (!['snapshotDiff', 'periodReplace', 'push'].includes(manifest.mode)) return null;
  const upstream = await exam.source();
  const rest = rows.slice(1);
  await upstream.serve(name, rest);
  const connection = await exam.open();
  const pages = await exam.pages(connection, name, 2);
  const wanted = rest.map((row) => upstream.wire(name, row));
  const found = difference(rowsOf(connection, name, pages), wanted);
  if (!same(found)) return fail(tell(name, found));
  if (manifest.mode === 'periodReplace') {
    const periods = new Set(rest.map((row) => row[manifest.key[0]!]));
    const complete = new Set(pages.flatMap((page) => page.completedPeriods ?? []));
    return periods.size === complete.size ? null : fail(`${name}: completedPeriods ${complete.size} / ${periods.size}`);
  }
  const counted = pages.every((page) => page.expectedTotal === rest.length);
  // A file is the whole delivery: it came complete or not at all.
  const whole = (manifest['file'] as { take?: string } | undefined) !== undefined;
  return counted || whole || (manifest.graceScans ?? 0) > 0 ? null : fail(`${name}: graceScans`);
}

/** A mapping that knows soft deletes must show one in its fixtures. */
function softDeleted(exam: ExamContext, { name, mapping, fixtures }: StreamCase): Verdict | null {
  if (exam.document.streams[name]?.deletedWhen === undefined) return null;
  return fixtures.input.some((row) => mapping.conform(row).kind === 'deleted') ? null : fail(`${name}: deletedWhen`);
}
