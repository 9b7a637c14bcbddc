import { residentLinks } from '../../../pipeline/link/index.js';
import type { Tx } from '../../../platform/database/index.js';
import { UsageError } from '../../../platform/kernel/index.js';
import { print, printJson, say, type CommandContext } from '../context.js';
import { table, when } from '../terminal.js';
import { withRuntime } from '../with-runtime.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `isthmus link show`: the records that make up a resident, and by which rule. No personal value is in it. */
export async function showCommand(context: CommandContext, resident: string): Promise<void> {
  const { words } = context;
  const links = UUID.test(resident) ? await read(context, (tx) => residentLinks(tx, resident)) : [];
  if (links.length === 0) throw new UsageError('LINK_UNKNOWN');
  if (context.json) return printJson({ resident: links[0]!.resident, links });
  print(
    table(
      {
        head: [
          words('数据源', 'source'),
          words('人员键', 'person key'),
          words('规则', 'rule'),
          words('关联自', 'since'),
        ],
      },
      links.map((link) => [link.source, link.personKey, [link.rule, ...link.with].join(' · '), when(link.linkedAt)]),
    ),
  );
  if (links[0]!.resident !== resident)
    say(words(`该居民已并入 ${links[0]!.resident}`, `this resident was merged into ${links[0]!.resident}`));
}

interface Item {
  id: string;
  reason: string;
  state: string;
  decision: string | null;
  createdAt: Date;
  members: { source: string; personKey: string }[];
}

/** `isthmus link review list`: doubts, the newest last. */
export async function reviewsCommand(
  context: CommandContext,
  options: { state: string; limit: string },
): Promise<void> {
  const { words } = context;
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new UsageError('CLI_USAGE', { params: { problem: '--limit 1…1000' } });
  const { items, total } = await read(context, async (tx) => {
    const { rows } = await tx.query<Item>(
      `SELECT id, reason, state, verdict AS decision, created_at AS "createdAt", members FROM data.review_item
       WHERE state = $1 ORDER BY id LIMIT $2`,
      [options.state, limit],
    );
    const count = await tx.query<{ total: number }>(
      'SELECT count(*)::int4 AS total FROM data.review_item WHERE state = $1',
      [options.state],
    );
    return { items: rows, total: count.rows[0]!.total };
  });
  if (context.json) return printJson({ total, items });
  if (items.length > 0)
    print(
      table(
        {
          head: [
            'id',
            words('疑问', 'doubt'),
            words('裁决', 'decision'),
            words('提出于', 'raised'),
            words('记录', 'records'),
          ],
          lines: true,
        },
        items.map((item) => [
          item.id,
          item.reason,
          item.decision ?? '—',
          when(item.createdAt),
          item.members.map(({ source, personKey }) => `${source} ${personKey}`).join('\n'),
        ]),
      ),
    );
  say(words(`共 ${total} 项,显示 ${items.length} 项`, `${total} in all, ${items.length} shown`));
}

const read = <T>(context: CommandContext, work: (tx: Tx) => Promise<T>): Promise<T> =>
  withRuntime(context, ({ database }) => database.withContext('worker', { actor: 'cli' }, work));
