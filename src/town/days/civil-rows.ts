import { MONTHS, planAssistance } from '../generator/civil-plan.js';
import { assistanceRow, type AssistanceRow } from '../generator/civil-view.js';
import { DIRT_RATES, strikes } from '../generator/dirt-rates.js';
import type { Changes } from './changes.js';
import type { CivilLists } from './civil-lists.js';

/** Everything that the assistance service holds on a day, month by month. */
export class AssistanceMonths {
  readonly months: Uint32Array[];
  /** Rows before each month, for the row's place over all. */
  readonly before: number[] = [];

  constructor(
    private readonly changes: Changes,
    lists: CivilLists,
  ) {
    this.months = [...lists.first, ...changes.months.map(({ listed }) => listed)];
    let sum = 0;
    for (const listed of this.months) {
      this.before.push(sum);
      sum += listed.length;
    }
  }

  /** Days since the first on which a month was published. */
  private publishedOn(month: number): number {
    return month < MONTHS.length ? 0 : this.changes.months[month - MONTHS.length]!.day;
  }

  isGone(month: number, place: number): boolean {
    return this.changes.assistance.get(`${month}/${this.months[month]![place]!}`) === null;
  }

  /** Place of the row over all months; somebody listed twice is the same row twice. */
  private ordinal(month: number, place: number): number {
    const listed = this.months[month]!;
    return this.before[month]! + (place > 0 && listed[place - 1] === listed[place] ? place - 1 : place);
  }

  isBad(month: number, place: number): boolean {
    return strikes(DIRT_RATES.unknownCode, this.ordinal(month, place));
  }

  keyOf(row: AssistanceRow): string {
    return `${row['PAY_MONTH']}/${row['PEOPLE_ID']}`;
  }

  /** The row at a place of a month's list. */
  row(month: number, place: number): AssistanceRow {
    const { town } = this.changes;
    const index = this.months[month]![place]!;
    const household = town.household(town.householdOf(index));
    const person = household.members[index - household.members[0]!.index]!;
    const plan = this.changes.plans.get(household.index) ?? planAssistance(town, household)!;
    const row = assistanceRow(town, household, person, plan, month, this.ordinal(month, place));
    const day = this.publishedOn(month);
    return {
      ...row,
      DOMICILE_CODE: this.changes.codeOn(row['DOMICILE_CODE']!, day),
      APANAGE_CODE: this.changes.codeOn(row['APANAGE_CODE']!, day),
      ...this.changes.assistance.get(`${month}/${index}`),
    };
  }
}
