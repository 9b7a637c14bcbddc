import { residentRows, type ResidentRow } from '../../generator/police-view.js';
import type { Town } from '../../generator/town.js';

/** The register by ID number: the current version row of everybody who has it; the index is made at the first question. */
export class Register {
  private byNumber: Map<string, ResidentRow[]> | null = null;

  constructor(private readonly town: Town) {}

  /** Two where one number was issued twice (重号). */
  find(number: string): readonly ResidentRow[] {
    return this.index().get(number) ?? [];
  }

  private index(): Map<string, ResidentRow[]> {
    if (this.byNumber) return this.byNumber;
    this.byNumber = new Map();
    for (const row of residentRows(this.town)) {
      if (row.jlbz !== '1' || row.cxbz !== '0') continue;
      const same = this.byNumber.get(row.gmsfhm);
      // Some rows are listed twice.
      if (same === undefined) this.byNumber.set(row.gmsfhm, [row]);
      else if (!same.some(({ ryid }) => ryid === row.ryid)) same.push(row);
    }
    return this.byNumber;
  }
}
