import { findCodeList } from '../../../standard/index.js';
import { print, say, type CommandContext } from '../context.js';
import { table } from '../terminal.js';
import type { Answer } from './answer.js';
import { lockWords } from './lock-words.js';

interface Found {
  id: string;
  name: string | null;
  sex: string | null;
  birthDate: string | null;
  idNumber: string | null;
  mobile: string | null;
  provenance: { field: string; source: string | null }[];
}

interface Page {
  nodes: Found[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Residents found by name, one a line, to go on with by id. @returns how many. */
export function showResidents(context: CommandContext, answer: Answer): number {
  const { words } = context;
  const page = answer.data?.['residents'] as Page | null | undefined;
  if (!page) return 0;
  const { nodes, pageInfo } = page;
  if (nodes.length)
    print(
      table(
        {
          head: [
            ...[words('编号', 'id'), words('姓名', 'name'), words('性别', 'sex'), words('出生日期', 'born')],
            ...[words('证件号码', 'ID number'), words('联系电话', 'phone'), words('来源', 'sources')],
          ],
        },
        nodes.map((one) => [
          ...[one.id, one.name ?? '—', (one.sex && findCodeList('sex')?.nameOf(one.sex)) ?? '—', one.birthDate ?? '—'],
          ...[
            one.idNumber ?? '—',
            one.mobile ?? '—',
            [...new Set(one.provenance.flatMap(({ source }) => source ?? []))].join(', '),
          ],
        ]),
      ),
    );
  const locks = new Map<string, string>();
  for (const one of answer.extensions?.disclosure ?? []) {
    const why = one.access === 'SHOWN' ? '' : lockWords(context, [one]);
    if (why) locks.set(one.path.at(-1)!, why);
  }
  for (const [field, why] of locks) say(`  ${field}: ${why}`);
  if (pageInfo.hasNextPage && pageInfo.endCursor)
    say(`  ${words('还有更多', 'there are more')}: --after ${pageInfo.endCursor}`);
  return nodes.length;
}
