import type { Operation } from '../shared/operation.js';
import type { Stored } from '../shared/disclosed.js';
import { ServedGolden } from '../shared/served.js';
import { idNumbers } from './id-number.repository.js';

/** A golden resident. His number is not in the golden row: it is opened in the row it was chosen from. */
export class Resident extends ServedGolden {
  override stored(operation: Operation, field: string): Promise<Stored> | Stored {
    if (field !== 'idNumber') return super.stored(operation, field);
    return operation
      .load('id-number', this.id, (ids) => idNumbers(operation, ids))
      .then((text) => this.storedAs(operation, field, text ?? null));
  }
}
