import { residentFile } from '../../days/police-rows.js';
import type { Changes } from '../../days/index.js';
import type { ResidentRow } from '../../generator/police-view.js';

/** The register of a day by ID number: the current version row of everybody who has it; the index is made at the first question. */
export class Register {
  private byNumber: Map<string, ResidentRow[]> | null = null;

  constructor(private readonly day: Changes) {}

  /** Two where one number was issued twice (重号). */
  find(number: string): readonly ResidentRow[] {
    return this.index().get(number) ?? [];
  }

  private index(): Map<string, ResidentRow[]> {
    if (this.byNumber) return this.byNumber;
    this.byNumber = new Map();
    for (const row of residentFile(this.day)) {
      if (row.jlbz !== '1' || row.cxbz !== '0') continue;
      const same = this.byNumber.get(row.gmsfhm);
      // Some rows are listed twice.
      if (same === undefined) this.byNumber.set(row.gmsfhm, [row]);
      else if (!same.some(({ ryid }) => ryid === row.ryid)) same.push(row);
    }
    return this.byNumber;
  }
}
