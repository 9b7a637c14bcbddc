import { monthName } from '../../generator/civil-plan.js';
import { Changes } from '../../days/changes.js';
import { CivilLists } from '../../days/civil-lists.js';
import { AssistanceMonths } from '../../days/civil-rows.js';
import { Remaining } from '../../days/removed.js';
import type { Town } from '../../generator/town.js';
import { driftOf } from '../../faults/drift.js';
import type { Fault } from '../../faults/kinds.js';
import { inOrderOf, shownRows } from '../../faults/paging.js';
import { CODE, failed, MOST_ROWS, pageOf } from './codes.js';
import { elements } from './xml.js';

/** SamDataExchange: who got assistance, month by month, as it is known on a day. */
export class AssistanceBooks {
  private readonly books: AssistanceMonths;
  private readonly left: Remaining[];

  constructor(town: Town, changes = new Changes(town), lists = new CivilLists(town)) {
    this.books = new AssistanceMonths(changes, lists);
    this.left = this.books.months.map((listed, month) => {
      const gone = [...listed.keys()].filter((place) => this.books.isGone(month, place));
      return new Remaining(listed.length, gone);
    });
  }

  get rows(): number {
    return this.left.reduce((sum, left) => sum + left.count, 0);
  }

  getSamMonths(): string {
    const months = this.left.map((_, month) => `<MONTH>${monthName(month)}</MONTH>`).join('');
    return `<SAM_MONTHS><CODE>${CODE.ok}</CODE>${months}</SAM_MONTHS>`;
  }

  getSamFamilyInfoByMonth(parameters: Record<string, string>, faults: readonly Fault[] = []): string {
    const root = 'SAM_FAMILY_INFO';
    const page = pageOf(parameters);
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(parameters['month'] ?? '') || page === null) return failed(root, CODE.badData);
    const month = this.left.findIndex((_, index) => monthName(index) === parameters['month']);
    const left = this.left[month];
    if (left === undefined || left.count === 0) return failed(root, CODE.nothing);
    const { from, to } = shownRows(faults, { ...page, total: left.count });
    if (to - from > MOST_ROWS) return failed(root, CODE.tooMany);
    const drift = driftOf(faults, 'assistance');
    const rows = left.places(from, to).map((place) => this.books.row(month, place));
    let people = '';
    for (const row of inOrderOf(faults, rows)) {
      people += `<SAM_PEOPLE>${elements(drift === null ? row : drift(row))}</SAM_PEOPLE>`;
    }
    return `<${root}><CODE>${CODE.ok}</CODE><TOTAL>${left.count}</TOTAL>${people}</${root}>`;
  }
}
