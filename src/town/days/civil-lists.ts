import { indexAssistance } from '../generator/civil-plan.js';
import type { Town } from '../generator/town.js';

/** The months of the first day: the same for every day, so they are listed once. */
export class CivilLists {
  private months: Uint32Array[] | null = null;

  constructor(private readonly town: Town) {}

  get first(): Uint32Array[] {
    return (this.months ??= indexAssistance(this.town));
  }
}
