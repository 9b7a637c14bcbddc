import type { MarriageEntry } from '../generator/marriage-view.js';
import type { AssistanceRow } from '../generator/civil-view.js';
import type { PlannedAssistance } from '../generator/civil-plan.js';
import type { Person } from '../generator/household.js';
import type { HouseholdRow, ResidentRow } from '../generator/police-view.js';
import type { OwnerRow, RelationRow } from '../generator/property-owners.js';
import type { Holder, Line } from '../generator/telecom-view.js';
import type { Town } from '../generator/town.js';
import type { Kind } from './kinds.js';

/** A row of the police's file: one that was there on the first day (its place among the person's rows), or a new one. */
export interface VersionRow {
  /** Null for a new row. */
  version: number | null;
  /** Running number of a new row; decides on unknown codes and double delivery. */
  mark: number;
  row: ResidentRow;
}

/** What became of a row of the first day; null = it is gone. */
export type Patch<Row> = Partial<Row> | null;

/** Somebody who was not in town on the first day. */
export interface Newcomer {
  person: Person;
  /** Born here, or moved in. */
  born: boolean;
}

export interface JournalEntry extends Omit<MarriageEntry, 'row'> {
  /** Days since the first when it was entered. */
  day: number;
  row: Record<string, string>;
}

/** Something that happened in town. */
export interface DayEvent {
  day: number;
  kind: Kind;
}

/** A code of a community that was replaced; rows of months before stay as they are. */
export interface CodeChange {
  day: number;
  from: string;
  to: string;
}

/** An entry of the property tables that was not there on the first day. */
export interface NewEntry {
  owner: OwnerRow;
  relations: RelationRow[];
}

/**
 * Everything in which the town of a day differs from the town of its first day, row by row and source by source. The
 * town itself stays a function of seed and number; this is what the days have made of it.
 */
export class Changes {
  /** Days since the first. */
  day = 0;
  readonly events: DayEvent[] = [];
  readonly codes: CodeChange[] = [];
  readonly newcomers: Newcomer[] = [];

  /** Person → all rows, in the order of the file; empty when they are gone. */
  readonly residents = new Map<number, VersionRow[]>();
  /** Household → row; those numbered behind the town's own are new. */
  readonly households = new Map<number, { row: HouseholdRow; mark: number }>();

  /** Dwelling → state. */
  readonly rooms = new Map<number, string>();
  readonly owners = new Map<string, Patch<OwnerRow>>();
  readonly relations = new Map<string, Patch<RelationRow>>();
  /** member_id → relations added to an entry of the first day. */
  readonly moreRelations = new Map<string, RelationRow[]>();
  readonly newEntries = new Map<string, NewEntry>();

  /** Individual's key → what changed; lines by product key. */
  readonly holders = new Map<string, Patch<Holder>>();
  readonly lines = new Map<string, Patch<Line>>();
  readonly newHolders: Holder[] = [];

  /** Household → assistance granted after the first day. */
  readonly plans = new Map<number, PlannedAssistance>();
  /** Households whose assistance ended before its time. */
  readonly ended = new Set<number>();
  /** Listed people of the months that came after the first day's last, and the days on which they were published. */
  readonly months: { listed: Uint32Array; day: number }[] = [];
  /** `month/person` → what changed in a published row. */
  readonly assistance = new Map<string, Patch<AssistanceRow>>();
  readonly journal: JournalEntry[] = [];

  /** People whose life took a turn; each takes one at the most. */
  readonly touched = new Set<number>();
  readonly dead = new Set<number>();
  readonly takenVacancies = new Set<number>();

  private readonly pending = new Map<number, (() => void)[]>();
  private readonly marks = new Map<string, number>();
  private serial = 0;

  constructor(readonly town: Town) {}

  /** Running number within `list`, from 0. */
  mark(list: string): number {
    const next = this.marks.get(list) ?? 0;
    this.marks.set(list, next + 1);
    return next;
  }

  nextSerial(): number {
    return (this.serial += 1);
  }

  /** Does `work` at the beginning of a later day. */
  later(day: number, work: () => void): void {
    const works = this.pending.get(day);
    if (works) works.push(work);
    else this.pending.set(day, [work]);
  }

  /** What was put off until today. */
  due(): (() => void)[] {
    const works = this.pending.get(this.day) ?? [];
    this.pending.delete(this.day);
    return works;
  }

  happened(kind: Kind): void {
    this.events.push({ day: this.day, kind });
  }

  /** A community's code as it is on `day`. */
  codeOn(code: string, day = this.day): string {
    let now = code;
    for (const change of this.codes) if (change.from === now && change.day <= day) now = change.to;
    return now;
  }

  /** Patches a row of the first day; false when it is gone. */
  patch<Row>(rows: Map<string, Patch<Row>>, key: string, patch: Partial<Row>): boolean {
    const before = rows.get(key);
    if (before === null) return false;
    rows.set(key, { ...before, ...patch });
    return true;
  }
}
