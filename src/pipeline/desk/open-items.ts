import { decide, policy, type Decision, type Inquiry } from '../../governance/policy/index.js';
import { ForbiddenError } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { append } from '../../platform/ledger/index.js';
import type { MappingDocument } from '../conform/index.js';
import { openBody } from '../store/index.js';
import { storedAdapter } from '../sync/index.js';
import { cellsOf, type Cell } from './cells.js';
import { adapterHashes, residentsOfItems, type StoredItem } from './items.repository.js';
import { valuePlan, type ValuePlan } from './value-plan.js';

/** A refused record with the values that the inquiry may see; null where it could not be read at all. */
export interface OpenedItem extends StoredItem {
  cells: Cell[] | null;
}

/** Whether values of refused records may be asked for at all: who, for what, in which case. */
export const mayOpen = (inquiry: Inquiry): Decision =>
  decide(policy(), inquiry, { entity: 'Source', field: 'values', level: 2 });

/**
 * Opens refused records for a declared purpose. The evidence of it is written in the same transaction, before anything
 * is given out: who, for what, which fields, about which residents.
 *
 * @throws ForbiddenError PURPOSE_REQUIRED, GRANT_MISSING.
 * @returns the records, and the residents they are about.
 */
export async function openItems(
  tx: Pick<Tx, 'query'>,
  keyring: Keyring,
  items: readonly StoredItem[],
  inquiry: Inquiry,
): Promise<{ opened: OpenedItem[]; residents: string[] }> {
  refuse(mayOpen(inquiry), inquiry);
  const plans = await plansOf(tx, items, inquiry);
  const opened = items.map((item): OpenedItem => {
    const { row } = openBody(keyring, item);
    return { ...item, cells: row === null ? null : cellsOf(row, plans.get(item.stream)!, item.pointer) };
  });
  const residents = await residentsOfItems(tx, items);
  for (const source of new Set(items.map((item) => item.source)))
    await recordReading(tx, keyring, source, opened, residents, inquiry);
  return { opened, residents };
}

function refuse(decision: Decision, inquiry: Inquiry): void {
  if (decision.access === 'SHOWN') return;
  const params = {
    name: 'quarantine',
    purpose: inquiry.purpose ?? '',
    purposes: policy()
      .purposes.map(({ code }) => code)
      .join(', '),
  };
  throw new ForbiddenError(decision.unlock === 'grant' ? 'GRANT_MISSING' : 'PURPOSE_REQUIRED', {
    origin: 'policy',
    params,
  });
}

async function plansOf(
  tx: Pick<Tx, 'query'>,
  items: readonly StoredItem[],
  inquiry: Inquiry,
): Promise<Map<number, ValuePlan>> {
  const hashes = await adapterHashes(tx, [...new Set(items.map((item) => item.source))]);
  const plans = new Map<number, ValuePlan>();
  for (const { stream, streamName, source } of items) {
    if (plans.has(stream)) continue;
    const { manifest, mapping } = await storedAdapter(tx, hashes.get(source)!);
    const declared = manifest.streams.find(({ name }) => name === streamName) ?? { name: streamName, key: [] };
    plans.set(stream, valuePlan(policy(), inquiry, mapping as MappingDocument, declared));
  }
  return plans;
}

async function recordReading(
  tx: Pick<Tx, 'query'>,
  keyring: Keyring,
  source: string,
  opened: readonly OpenedItem[],
  residents: readonly string[],
  inquiry: Inquiry,
): Promise<void> {
  const mine = opened.filter((item) => item.source === source);
  const fieldsOf = (access: Cell['access']): string[] => [
    ...new Set(
      mine
        .flatMap(({ cells }) => cells ?? [])
        .filter((cell) => cell.access === access)
        .flatMap(({ fields }) => fields),
    ),
  ];
  const { tokenId, unit, role, person } = inquiry.requester!;
  await append(tx, {
    code: 'QUARANTINE_READ',
    actor: tokenId,
    unit,
    role,
    person,
    source,
    rows: mine.length,
    purpose: inquiry.purpose!,
    caseNo: inquiry.caseNo!,
    fields: fieldsOf('SHOWN'),
    masked: fieldsOf('MASKED'),
    withheld: fieldsOf('WITHHELD'),
    subjects: residents.slice(0, 5000).map((resident) => keyring.pseudonym(resident)),
    policyVersion: policy().version,
  });
}
