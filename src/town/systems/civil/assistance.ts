import { indexAssistance, MONTHS } from '../../generator/civil-plan.js';
import { assistanceRows } from '../../generator/civil-view.js';
import type { Town } from '../../generator/town.js';
import { driftOf } from '../../faults/drift.js';
import type { Fault } from '../../faults/kinds.js';
import { inOrderOf, shownRows } from '../../faults/paging.js';
import { CODE, failed, MOST_ROWS, pageOf } from './codes.js';
import { elements } from './xml.js';

/** SamDataExchange: who got assistance, month by month. */
export class AssistanceBooks {
  private readonly months: Uint32Array[];
  /** Rows before each month. */
  private readonly before: number[] = [];

  constructor(private readonly town: Town) {
    this.months = indexAssistance(town);
    let sum = 0;
    for (const listed of this.months) {
      this.before.push(sum);
      sum += listed.length;
    }
  }

  get rows(): number {
    return this.months.reduce((sum, listed) => sum + listed.length, 0);
  }

  getSamMonths(): string {
    const months = MONTHS.map((month) => `<MONTH>${month}</MONTH>`).join('');
    return `<SAM_MONTHS><CODE>${CODE.ok}</CODE>${months}</SAM_MONTHS>`;
  }

  getSamFamilyInfoByMonth(parameters: Record<string, string>, faults: readonly Fault[] = []): string {
    const root = 'SAM_FAMILY_INFO';
    const page = pageOf(parameters);
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(parameters['month'] ?? '') || page === null) return failed(root, CODE.badData);
    const month = MONTHS.findIndex((known) => known === parameters['month']);
    const listed = this.months[month];
    if (listed === undefined || listed.length === 0) return failed(root, CODE.nothing);
    const { from, to } = shownRows(faults, { ...page, total: listed.length });
    if (to - from > MOST_ROWS) return failed(root, CODE.tooMany);
    const drift = driftOf(faults, 'assistance');
    const rows = [...assistanceRows(this.town, listed, month, this.before[month]!, from, to)];
    let people = '';
    for (const row of inOrderOf(faults, rows)) {
      people += `<SAM_PEOPLE>${elements(drift === null ? row : drift(row))}</SAM_PEOPLE>`;
    }
    return `<${root}><CODE>${CODE.ok}</CODE><TOTAL>${listed.length}</TOTAL>${people}</${root}>`;
  }
}
