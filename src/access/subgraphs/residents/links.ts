import { type LinkOrder, residentLinks, type ResidentLink, type Verdict } from '../../../pipeline/link/index.js';
import { UsageError } from '../../../platform/kernel/index.js';
import type { GraphContext } from '../../graph/index.js';
import { isUuid } from '../shared/cursor.js';
import type { Resolvers } from '../shared/subgraph-types.js';
import type { LinkControl } from './link-control.js';

interface DecideArgs {
  id: string;
  decision: Verdict;
  reason: string;
}
interface UndoArgs {
  resident: string;
  member: { source: string; personKey: string };
  reason: string;
}

/** The records that make up residents, for those who answer for the links. */
export async function linksOf(context: GraphContext, resident: string): Promise<ResidentLink[]> {
  if (!isUuid(resident)) return [];
  const links = await residentLinks(context.tx, resident);
  for (const id of new Set(links.map((link) => link.resident))) context.subject(id);
  return links;
}

/** The orders about links, as resolvers. */
export const linkMutations = (control: LinkControl): Resolvers[string] => ({
  decideReview: (_: unknown, { id, decision, reason }: DecideArgs, context: GraphContext) =>
    ordered(context, 'REVIEW_UNKNOWN', id, () =>
      control.decide({ ...by(context, reason), review: id, verdict: decision }),
    ),
  undoLink: (_: unknown, { resident, member, reason }: UndoArgs, context: GraphContext) =>
    ordered(context, 'LINK_UNKNOWN', resident, () => control.undo({ ...by(context, reason), resident, member })),
});

const by = ({ requester: { tokenId, unit, person } }: GraphContext, reason: string) => ({
  actor: tokenId,
  unit,
  person,
  reason,
});

async function ordered(
  context: GraphContext,
  unknown: string,
  id: string,
  order: () => Promise<LinkOrder>,
): Promise<object> {
  if (!isUuid(id)) throw new UsageError(unknown);
  const { verdict, ...given } = await order();
  for (const resident of given.residents) context.subject(resident);
  return { ...given, decision: verdict };
}
