import { Changes } from '../../days/changes.js';
import { Remaining } from '../../days/removed.js';
import { holderOn, lineOn } from '../../days/telecom-lists.js';
import { telecomNumber } from '../../generator/keys.js';
import { householdAt, indexTelecom, type TelecomIndex } from '../../generator/telecom-plan.js';
import { holderAt, householdHolders, lineAt, type Holder, type OwnedLine } from '../../generator/telecom-view.js';
import type { Town } from '../../generator/town.js';

/**
 * The operator's books of a day: lists by place, entries by key, made again from the town at every question (8 bytes a
 * household, and what the days have changed). Those who came later stand at the end.
 */
export class Catalogue {
  private readonly index: TelecomIndex;
  private readonly leftHolders: Remaining;
  private readonly leftLines: Remaining;
  private readonly newHolders: Holder[];
  private readonly newLines: OwnedLine[];

  constructor(
    private readonly town: Town,
    private readonly changes = new Changes(town),
  ) {
    this.index = indexTelecom(town);
    const gone = this.gonePlaces();
    this.leftHolders = new Remaining(this.index.holders.at(-1)!, gone.holders);
    this.leftLines = new Remaining(this.index.lines.at(-1)!, gone.lines);
    this.newHolders = changes.newHolders.map((holder, place) => holderAt(holder, place));
    this.newLines = changes.newHolders
      .flatMap((holder) => holder.lines.map((line) => ({ holder, line })))
      .map(({ holder, line }, place) => ({ holder, line: lineAt(line, place) }));
  }

  get holderCount(): number {
    return this.leftHolders.count + this.newHolders.length;
  }

  get lineCount(): number {
    return this.leftLines.count + this.newLines.length;
  }

  /** Holders of places [offset, offset + limit). */
  holders(offset: number, limit: number): Holder[] {
    const places = this.leftHolders.places(offset, offset + limit);
    const first = places.flatMap((place) => this.holderAtPlace(place) ?? []);
    return [...first, ...behind(this.newHolders, this.leftHolders.count, offset, limit)];
  }

  /** Lines of places [offset, offset + limit). */
  lines(offset: number, limit: number): OwnedLine[] {
    const places = this.leftLines.places(offset, offset + limit);
    const first = places.flatMap((place) => this.lineAtPlace(place) ?? []);
    return [...first, ...behind(this.newLines, this.leftLines.count, offset, limit)];
  }

  holder(key: string): Holder | undefined {
    const is = (holder: Holder): boolean => holder.individual === key || holder.customer === key;
    const household = this.householdOf(key, 2);
    if (household === null) return this.newHolders.find(is);
    const start = this.index.holders[household]!;
    const at = this.firstHolders(household).findIndex(is);
    return at < 0 ? undefined : this.holderAtPlace(start + at);
  }

  line(key: string): OwnedLine | undefined {
    const household = this.householdOf(key, 8);
    if (household === null) return this.newLines.find(({ line }) => line.id === key);
    const at = this.firstLines(household).findIndex(({ line }) => line.id === key);
    return at < 0 ? undefined : this.lineAtPlace(this.index.lines[household]! + at);
  }

  /** Household of the person of a key; null for somebody who was not there on the first day. */
  private householdOf(key: string, width: number): number | null {
    const number = telecomNumber(key);
    const person = number === null ? -1 : Math.floor(number / width);
    return person >= 0 && person < this.town.people ? this.town.householdOf(person) : null;
  }

  private gonePlaces(): { holders: number[]; lines: number[] } {
    const { changes, index } = this;
    const holders: number[] = [];
    const lines: number[] = [];
    for (const [key, patch] of changes.holders) {
      if (patch !== null) continue;
      const household = this.householdOf(key, 2)!;
      holders.push(index.holders[household]! + this.firstHolders(household).findIndex((one) => one.individual === key));
    }
    for (const [key, patch] of changes.lines) {
      if (patch !== null) continue;
      const household = this.householdOf(key, 8)!;
      lines.push(index.lines[household]! + this.firstLines(household).findIndex(({ line }) => line.id === key));
    }
    const ascending = (a: number, b: number): number => a - b;
    return { holders: holders.sort(ascending), lines: lines.sort(ascending) };
  }

  private firstHolders(household: number, withLines = false): Holder[] {
    return householdHolders(this.town, this.town.household(household), withLines);
  }

  private firstLines(household: number): OwnedLine[] {
    return this.firstHolders(household, true).flatMap((holder) => holder.lines.map((line) => ({ holder, line })));
  }

  private holderAtPlace(place: number): Holder | undefined {
    const household = householdAt(this.index.holders, place);
    const holder = this.remembered('holders', household)[place - this.index.holders[household]!]!;
    const now = holderOn(holder, this.changes);
    return now === null ? undefined : holderAt(now, place);
  }

  private lineAtPlace(place: number): OwnedLine | undefined {
    const household = householdAt(this.index.lines, place);
    const { holder, line } = this.remembered('lines', household)[place - this.index.lines[household]!]!;
    const [now, own] = [holderOn(holder, this.changes), lineOn(line, this.changes)];
    return now === null || own === null ? undefined : { holder: now, line: lineAt(own, place) };
  }

  private lastHolders: { household: number; entries: Holder[] } = { household: -1, entries: [] };
  private lastLines: { household: number; entries: OwnedLine[] } = { household: -1, entries: [] };

  /** Pages run through households in order: the last one is kept. */
  private remembered(what: 'holders', household: number): Holder[];
  private remembered(what: 'lines', household: number): OwnedLine[];
  private remembered(what: 'holders' | 'lines', household: number): Holder[] | OwnedLine[] {
    if (what === 'holders') {
      if (this.lastHolders.household !== household) {
        this.lastHolders = { household, entries: this.firstHolders(household) };
      }
      return this.lastHolders.entries;
    }
    if (this.lastLines.household !== household) this.lastLines = { household, entries: this.firstLines(household) };
    return this.lastLines.entries;
  }
}

/** What of `added`, which stands behind `before` others, lies in [offset, offset + limit). */
const behind = <T>(added: readonly T[], before: number, offset: number, limit: number): T[] =>
  added.slice(Math.max(0, offset - before), Math.max(0, offset + limit - before));
