import type { Stored } from '../shared/disclosed.js';
import { hiddenOrigins, type HiddenOrigins } from '../shared/hidden-origins.js';
import type { Operation } from '../shared/operation.js';
import { ServedGolden } from '../shared/served.js';
import { isStale } from '../shared/source-states.js';
import { idNumbers } from './id-number.repository.js';

/** A golden resident. His number is not in the golden row: it is opened in the row it was chosen from. */
export class Resident extends ServedGolden {
  override stored(operation: Operation, field: string): Promise<Stored> | Stored {
    const hidden = hiddenOrigins(operation);
    return 'kinds' in hidden && hidden.kinds.length === 0
      ? this.plainly(operation, field)
      : this.namelessly(operation, field, hidden);
  }

  private plainly(operation: Operation, field: string): Promise<Stored> | Stored {
    if (field !== 'idNumber') return super.stored(operation, field);
    return operation
      .load('id-number', this.id, (ids) => idNumbers(operation, ids))
      .then((text) => this.storedAs(operation, field, text ?? null));
  }

  /** Where the plan hides the origin, its times must not tell it: as old as the oldest that could have said it. */
  private async namelessly(
    operation: Operation,
    field: string,
    hidden: Promise<HiddenOrigins> | HiddenOrigins,
  ): Promise<Stored> {
    const [stored, { kinds, sources }] = await Promise.all([this.plainly(operation, field), hidden]);
    if (kinds.length === 0) return stored;
    const providers = (await operation.sources()).providing('Person');
    const times = providers.flatMap(({ asOf }) => (asOf ? [asOf.getTime()] : []));
    const kept = stored.exception?.kind === 'KEPT';
    return {
      ...stored,
      stale: stored.stale || providers.some((origin) => sources.has(origin.source) && isStale(origin)),
      asOf: stored.asOf && !kept && times.length > 0 ? new Date(Math.min(...times)) : null,
    };
  }
}
