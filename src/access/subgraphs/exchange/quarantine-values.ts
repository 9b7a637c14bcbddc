import DataLoader from 'dataloader';
import type { Inquiry } from '../../../governance/policy/index.js';
import { type Cell, mayOpen, openItems, readItems } from '../../../pipeline/desk/index.js';
import type { Keyring } from '../../../platform/keys/index.js';
import type { GraphContext } from '../../graph/index.js';

const inquiryOf = ({ requester, time }: GraphContext): Inquiry => ({
  requester,
  purpose: requester.purpose,
  caseNo: requester.caseNo,
  area: null,
  time,
});

/**
 * The values of a refused record, for a declared purpose and case; null, and said so, where the inquiry may see none.
 * All records of an operation are opened together, under one evidence row a source.
 */
export async function valuesOf(context: GraphContext, keyring: Keyring, id: string): Promise<Cell[] | null> {
  const { access, rule, level, unlock } = mayOpen(inquiryOf(context));
  if (access !== 'SHOWN') {
    context.disclose({ type: 'QuarantinedRecord', id, field: 'values', access: 'WITHHELD', rule, level, unlock });
    return null;
  }
  const loader = context.memo(
    'quarantine-values',
    () =>
      new DataLoader<string, Cell[] | null>(async (ids) => {
        const items = await readItems(context.tx, { ids }, ids.length);
        const { opened, residents } = await openItems(context.tx, keyring, items, inquiryOf(context));
        residents.forEach((resident) => context.subject(resident));
        const found = new Map(opened.map((item) => [item.id, item.cells]));
        return ids.map((one) => found.get(one) ?? null);
      }),
  );
  return loader.load(id);
}
