import { advanceClock, dateOf, readClock } from '../clock.js';
import { compareDays, eventCounts, liveDays, type SourceCounts } from '../days/index.js';
import { TownError } from '../errors.js';
import { Town } from '../generator/index.js';
import { homeAt, readJson, readSettings, SYSTEMS, writeJson, type Home } from '../home.js';
import { runningSupervisor } from './start.js';
import { hasTaken } from './taken.js';
import type { TownFile } from './town-file.js';

/** Days that a town can go at most: names, numbers and keys were made for so many. */
export const MOST_DAYS = 3660;

/** `town advance --days N`: lets days pass, and says what the sources' lists show differently afterwards. */
export async function advance(dir: string, days: number, json: boolean): Promise<void> {
  const home = homeAt(dir);
  const settings = readSettings(home);
  const { day } = readClock(home);
  if (day + days > MOST_DAYS) {
    throw new TownError(
      'TOWN_DAYS',
      `a town lives ${MOST_DAYS} days, and ${day} have passed`,
      'begin a new one: town remove',
    );
  }
  const town = new Town(settings);
  const [before, after] = [liveDays(town, day), liveDays(town, day + days)];
  const events = eventCounts(after, day);
  const sources = compareDays(town, before, after);
  advanceClock(home, days);
  await served(home, day + days);
  if (json) {
    process.stdout.write(`${JSON.stringify({ day: day + days, asOf: dateOf(day + days), days, events, sources })}\n`);
    return;
  }
  process.stdout.write(`${dateOf(day)} → ${dateOf(day + days)} · day ${day + days}\n\n`);
  for (const [kind, count] of Object.entries(events)) process.stdout.write(`  ${kind.padEnd(21)} ${count}\n`);
  process.stdout.write(`\n${countTable(sources)}`);
}

/** Waits until every running system serves the day; a stopped one begins with it. */
async function served(home: Home, day: number): Promise<void> {
  if (runningSupervisor(home) === null) return;
  const file = readJson<TownFile>(home.town);
  if (file !== null) writeJson(home.town, { ...file, asOf: dateOf(day) });
  await hasTaken(home, SYSTEMS, (applied) => applied.day === day);
}

const COLUMNS = ['live', 'created', 'changed', 'softDeleted', 'vanished', 'reappeared', 'rejected'] as const;

/** The lists of each source with what is different in them, as a table. */
export function countTable(sources: SourceCounts): string {
  const width = 12;
  const line = (name: string, cells: readonly (string | number)[]): string =>
    `  ${name.padEnd(22)}${cells.map((cell) => String(cell).padStart(width)).join('')}\n`;
  let text = line('', COLUMNS);
  for (const [source, streams] of Object.entries(sources)) {
    for (const [stream, counts] of Object.entries(streams)) {
      text += line(
        `${source} ${stream}`,
        COLUMNS.map((column) => counts[column]),
      );
    }
  }
  return text;
}
