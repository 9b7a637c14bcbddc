import { ENTITIES, type EntityName } from '../../../standard/index.js';
import type { Operation } from './operation.js';

/** What a plan keeps of where residents come from. */
export interface HiddenOrigins {
  /** Kinds of records some source delivers and the plan does not let be known of; empty: nothing is hidden. */
  kinds: EntityName[];
  /** The sources that deliver them. */
  sources: ReadonlySet<string>;
}

const NOTHING: HiddenOrigins = { kinds: [], sources: new Set() };

/** Records whose existence tells no more than a field of the person does, where the plan serves that field. */
const TOLD_BY: Partial<Record<EntityName, string>> = { MarriageRecord: 'maritalStatus', PersonIdentifier: 'idNumber' };

/**
 * That a register knows somebody tells that he stands in it. So where the plan hides a kind of records, it hides of
 * EVERY resident which source says what: hidden only of those concerned, the gap would name them. Depends on the plan
 * and on what the sources deliver, never on the resident.
 */
export function hiddenOrigins(operation: Operation): Promise<HiddenOrigins> | HiddenOrigins {
  const person = operation.plan('Person');
  const withheld = (Object.keys(ENTITIES) as EntityName[]).filter((entity) => {
    const field = TOLD_BY[entity];
    return operation.plan(entity).record.access === 'WITHHELD' && !(field && person.reads(field));
  });
  if (withheld.length === 0) return NOTHING;
  return operation.context.memo('hidden-origins', async () => {
    const rows = await operation.prepared<{ source: string; entity: EntityName }>(
      'SELECT DISTINCT source, entity FROM control.stream WHERE entity = ANY($1::text[]) ORDER BY entity, source',
      [withheld],
    );
    return {
      kinds: [...new Set(rows.map(({ entity }) => entity))],
      sources: new Set(rows.map(({ source }) => source)),
    };
  });
}

/** Says once for a field that origins are hidden in it: by which rule, and which purposes open every hidden kind. */
export function discloseHidden(
  operation: Operation,
  { kinds }: HiddenOrigins,
  of: { id: string; field: 'provenance' | 'conflicts' | 'history' },
): void {
  const decisions = kinds.map((kind) => operation.plan(kind).record);
  const { rule, level } = decisions[0]!;
  const openers = decisions.map(({ unlock }) => (unlock?.startsWith('purpose=') ? unlock.slice(8).split(',') : []));
  const all = openers[0]!.filter((purpose) => openers.every((some) => some.includes(purpose)));
  operation.context.disclose({
    ...{ type: 'Resident', ...of, access: of.field === 'history' ? 'WITHHELD' : 'MASKED', rule, level },
    ...{ asOf: null, stale: false, unlock: all.length ? `purpose=${all.join(',')}` : null },
  });
}
