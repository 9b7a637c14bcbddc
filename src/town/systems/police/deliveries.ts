import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dateOf } from '../../clock.js';
import { householdFile, residentFile } from '../../days/police-rows.js';
import type { Changes } from '../../days/index.js';
import { driftOf } from '../../faults/drift.js';
import { DRIFTS, OF_ANSWERS, type Fault } from '../../faults/kinds.js';
import { HOUSEHOLD_COLUMNS, RESIDENT_COLUMNS } from '../../generator/police-view.js';
import { readJson, writeJson } from '../../home.js';
import { Progress } from '../../progress.js';
import { deliver, isDelivered, refresh } from './drop.js';
import { spoil } from './spoil.js';

/** A delivery older than this is given again. */
const FRESH_HOURS = 12;
/** Days of deliveries that stay in the folder: the last, and the one before, which a reader may still have open. */
const KEPT = 2;

type Text = Record<string, string>;

interface DropFile {
  stream: string;
  prefix: string;
  columns: readonly string[];
  rows(changes: Changes): Iterable<Text>;
}

/** The residents last, since they refer to the households. */
const FILES: readonly DropFile[] = [
  { stream: 'households', prefix: 'HXXB_', columns: HOUSEHOLD_COLUMNS, rows: householdFile },
  { stream: 'residents', prefix: 'CZRKJBXXB_', columns: RESIDENT_COLUMNS, rows: residentFile },
];

export const fileName = (prefix: string, day: number): string => `${prefix}${dateOf(day).replaceAll('-', '')}.csv`;
export const RESIDENTS_FILE = fileName('CZRKJBXXB_', 0);
export const HOUSEHOLDS_FILE = fileName('HXXB_', 0);

/** The drop folder of the police: one delivery a day that the town reaches, in the state that the faults ask for. */
export class Deliveries {
  /** Files that were delivered with faults, by name, with the faults' description. */
  private readonly spoilt: Map<string, string>;

  /** @param notes file in which it is written down what was delivered with faults, for the next start. */
  constructor(
    private readonly drop: string,
    private readonly notes: string | null = null,
  ) {
    this.spoilt = new Map(notes === null ? [] : (readJson<[string, string][]>(notes) ?? []));
  }

  /** Delivers what is missing of the day, and again what the faults in force change. */
  async deliver(changes: Changes, faults: readonly Fault[] = []): Promise<void> {
    for (const file of FILES) {
      const name = fileName(file.prefix, changes.day);
      const own = faults.filter(
        ({ kind, stream }) => !OF_ANSWERS.includes(kind) && (stream === undefined || stream === file.stream),
      );
      const wanted = own.map(({ id }) => id).join(' ');
      const asWanted = (this.spoilt.get(name) ?? '') === wanted;
      if (asWanted && (wanted !== '' || isDelivered(this.drop, name))) {
        if (wanted === '') refresh(this.drop, name, FRESH_HOURS);
        continue;
      }
      if (wanted !== '') this.note(name, wanted);
      await this.write(file, name, changes, own);
      if (wanted === '') this.note(name, wanted);
    }
    for (const file of FILES) this.clearOld(file.prefix);
  }

  private note(name: string, wanted: string): void {
    if (wanted === '' && !this.spoilt.delete(name)) return;
    if (wanted !== '') this.spoilt.set(name, wanted);
    if (this.notes !== null) writeJson(this.notes, [...this.spoilt]);
  }

  private async write(file: DropFile, name: string, changes: Changes, faults: readonly Fault[]): Promise<void> {
    const progress = new Progress('police', `${file.stream} written`, changes.town.people);
    const { columns, rows } = this.layout(file, changes, faults);
    const tick = (done: number): void => progress.tick(done);
    progress.done(await deliver(this.drop, name, columns, rows, tick));
    await spoil(this.drop, name, faults);
  }

  /** Columns and rows, with the drifts and doublings that are asked for. */
  private layout(
    file: DropFile,
    changes: Changes,
    faults: readonly Fault[],
  ): { columns: readonly string[]; rows: Iterable<Text> } {
    const has = (kind: string): boolean => faults.some((fault) => fault.kind === kind);
    const drift = driftOf(faults, file.stream);
    let rows: Iterable<Text> = file.rows(changes);
    if (drift !== null) rows = mapped(rows, drift);
    if (has('duplicate-pages')) rows = twice(rows);
    if (has('out-of-order')) rows = [...rows].reverse();
    const drifts: readonly string[] = DRIFTS;
    const sample = faults.some(({ kind }) => drifts.includes(kind))
      ? Object.keys(drift!(Object.fromEntries(file.columns.map((column) => [column, '']))))
      : file.columns;
    return { columns: sample, rows };
  }

  private clearOld(prefix: string): void {
    const names = readdirSync(this.drop).filter((name) => name.startsWith(prefix));
    const days = [...new Set(names.filter((name) => name.endsWith('.csv')))].sort().slice(0, -KEPT);
    for (const old of days) for (const name of [`${old}.ok`, old]) rmSync(join(this.drop, name), { force: true });
  }
}

function* mapped(rows: Iterable<Text>, change: (row: Text) => Text): Generator<Text> {
  for (const row of rows) yield change(row);
}

/** Every second row comes twice. */
function* twice(rows: Iterable<Text>): Generator<Text> {
  let place = 0;
  for (const row of rows) {
    yield row;
    if (place++ % 2 === 1) yield row;
  }
}
