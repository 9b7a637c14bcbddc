import { Changes } from '../../days/changes.js';
import { DIRT_RATES, strikes } from '../../generator/dirt-rates.js';
import { indexMarriages, marriageEntry, operationTime, type PlannedMarriage } from '../../generator/marriage-view.js';
import type { Town } from '../../generator/town.js';
import { driftOf } from '../../faults/drift.js';
import type { Fault } from '../../faults/kinds.js';
import { inOrderOf, shownRows } from '../../faults/paging.js';
import { CODE, failed, MOST_ROWS, pageOf } from './codes.js';
import { elements } from './xml.js';

/** The service's own misspelling; its readers depend on it. */
const ROOT = 'MARRY_RETRUNS';
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const LONGEST_SPAN_DAYS = 366;

/** When a day of the town became the day that its systems serve, `YYYY-MM-DD HH:mm:ss`. */
export type Entered = (day: number) => string;

/**
 * DataExChangeMarry: the journal of marriage operations. It is asked by the time of entry: for what happened before the
 * town's first day that is the time of the operation, afterwards the moment at which the town reached the day. So a
 * reader who asks for what is new gets it, whatever the town's calendar says.
 */
export class MarriageBooks {
  private readonly journal: PlannedMarriage[];
  private readonly times: string[];
  /** `man|woman` → place of the last operation; made at the first question. */
  private byParties: Map<string, number> | null = null;

  constructor(
    private readonly town: Town,
    private readonly changes = new Changes(town),
    entered: Entered = () => '9999-12-31 00:00:00',
  ) {
    this.journal = indexMarriages(town);
    this.times = [...this.journal.map(operationTime), ...changes.journal.map(({ day }) => entered(day))];
  }

  get rows(): number {
    return this.times.length;
  }

  /** Operations with beginTime ≤ OP_DATE ≤ endTime, oldest first. */
  getMarryInfoByTime(parameters: Record<string, string>, faults: readonly Fault[] = []): string {
    const { beginTime = '', endTime = '' } = parameters;
    const page = pageOf(parameters);
    if (!TIME.test(beginTime) || !TIME.test(endTime) || page === null) return failed(ROOT, CODE.badData);
    const span = (Date.parse(`${endTime}Z`) - Date.parse(`${beginTime}Z`)) / 86_400_000;
    if (!(span >= 0)) return failed(ROOT, CODE.badData);
    if (span > LONGEST_SPAN_DAYS) return failed(ROOT, CODE.spanTooLong);
    const from = this.firstPlace((time) => time >= beginTime);
    const to = this.firstPlace((time) => time > endTime);
    if (to - from > MOST_ROWS) return failed(ROOT, CODE.tooMany);
    if (to === from) return failed(ROOT, CODE.nothing);
    const shown = shownRows(faults, { ...page, total: to - from });
    return this.answer(to - from, from + shown.from, from + shown.to, faults);
  }

  /** The last operation of two people by their ID numbers. */
  getMarryLastInfoByCert(parameters: Record<string, string>): string {
    const { certMan = '', certWoman = '' } = parameters;
    if (certMan === '' || certWoman === '') return failed(ROOT, CODE.badData);
    const place = this.parties().get(`${certMan}|${certWoman}`);
    return place === undefined ? failed(ROOT, CODE.nothing) : this.answer(1, place, place + 1);
  }

  private firstPlace(reached: (time: string) => boolean): number {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (reached(this.times[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private row(place: number): Record<string, string> {
    const plan = this.journal[place];
    if (plan === undefined) return this.newRow(place - this.journal.length);
    return marriageEntry(this.town, this.town.household(plan.household), plan, place).row;
  }

  private newRow(number: number): Record<string, string> {
    const { row } = this.changes.journal[number]!;
    return strikes(DIRT_RATES.unknownCode, number) ? { ...row, OP_TYPE: 'IX' } : row;
  }

  private parties(): Map<string, number> {
    if (this.byParties === null) {
      this.byParties = new Map();
      for (let place = 0; place < this.times.length; place++) {
        const row = this.row(place);
        this.byParties.set(`${row['CERT_NUM_MAN']}|${row['CERT_NUM_WOMAN']}`, place);
      }
    }
    return this.byParties;
  }

  private answer(total: number, from: number, to: number, faults: readonly Fault[] = []): string {
    const drift = driftOf(faults, 'marriages') ?? ((row: Record<string, string>) => row);
    const places = inOrderOf(
      faults,
      Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at),
    );
    const rows = places.map((place) => `<MARRY>${elements(drift(this.row(place)))}</MARRY>`).join('');
    return `<${ROOT}><CODE>${CODE.ok}</CODE><TOTAL>${total}</TOTAL>${rows}</${ROOT}>`;
  }
}
