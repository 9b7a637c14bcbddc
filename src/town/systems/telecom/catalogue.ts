import { telecomNumber } from '../../generator/keys.js';
import { householdAt, indexTelecom, type TelecomIndex } from '../../generator/telecom-plan.js';
import { holderAt, householdHolders, lineAt, type Holder, type Line } from '../../generator/telecom-view.js';
import type { Town } from '../../generator/town.js';

export interface OwnedLine {
  holder: Holder;
  line: Line;
}

/** The operator's books: lists by place, entries by key, made again from the town at every question (8 bytes a household). */
export class Catalogue {
  private readonly index: TelecomIndex;

  constructor(private readonly town: Town) {
    this.index = indexTelecom(town);
  }

  get holderCount(): number {
    return this.index.holders.at(-1)!;
  }

  get lineCount(): number {
    return this.index.lines.at(-1)!;
  }

  /** Holders of places [offset, offset + limit). */
  holders(offset: number, limit: number): Holder[] {
    return this.walk(this.index.holders, offset, limit, (household, place) =>
      this.holdersOf(household).map((holder, at) => holderAt(holder, place + at)),
    );
  }

  /** Lines of places [offset, offset + limit). */
  lines(offset: number, limit: number): OwnedLine[] {
    return this.walk(this.index.lines, offset, limit, (household, place) =>
      this.linesOf(household).map(({ holder, line }, at) => ({ holder, line: lineAt(line, place + at) })),
    );
  }

  holder(key: string): Holder | undefined {
    const person = this.personOf(key, 2);
    if (person === null) return undefined;
    const household = this.town.householdOf(person);
    const start = this.index.holders[household]!;
    return this.holdersOf(household)
      .map((holder, at) => holderAt(holder, start + at))
      .find((holder) => holder.individual === key || holder.customer === key);
  }

  line(key: string): OwnedLine | undefined {
    const person = this.personOf(key, 8);
    if (person === null) return undefined;
    const household = this.town.householdOf(person);
    const start = this.index.lines[household]!;
    return this.linesOf(household)
      .map(({ holder, line }, at) => ({ holder, line: lineAt(line, start + at) }))
      .find(({ line }) => line.id === key);
  }

  private personOf(key: string, width: number): number | null {
    const number = telecomNumber(key);
    const person = number === null ? -1 : Math.floor(number / width);
    return person >= 0 && person < this.town.people ? person : null;
  }

  private holdersOf(household: number, withLines = false): Holder[] {
    return householdHolders(this.town, this.town.household(household), withLines);
  }

  private linesOf(household: number): OwnedLine[] {
    return this.holdersOf(household, true).flatMap((holder) => holder.lines.map((line) => ({ holder, line })));
  }

  private walk<T>(
    starts: Uint32Array,
    offset: number,
    limit: number,
    entries: (household: number, place: number) => T[],
  ): T[] {
    const end = Math.min(offset + limit, starts.at(-1)!);
    const found: T[] = [];
    if (offset >= end) return found;
    for (let household = householdAt(starts, offset); starts[household]! < end; household++) {
      const start = starts[household]!;
      if (starts[household + 1] === start) continue;
      entries(household, start).forEach((entry, at) => {
        if (start + at >= offset && start + at < end) found.push(entry);
      });
    }
    return found;
  }
}
