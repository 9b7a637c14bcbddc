import { dateOf, readClock } from '../clock.js';
import { compareDays, liveDays } from '../days/index.js';
import { Town } from '../generator/index.js';
import { homeAt, readSettings } from '../home.js';
import { countTable } from './advance.js';

/**
 * `town truth --source-counts`: how many keys a complete reading of every list must keep today (`live`), set aside for an
 * unknown code (`rejected`), find marked as deleted (`deleted`) or standing for nobody (`skipped`).
 */
export function sourceCounts(dir: string, json: boolean): void {
  const home = homeAt(dir);
  const settings = readSettings(home);
  const { day } = readClock(home);
  const town = new Town(settings);
  const today = liveDays(town, day);
  const all = compareDays(town, today, today);
  if (!json) return void process.stdout.write(countTable(all));
  const sources = Object.fromEntries(
    Object.entries(all).map(([source, streams]) => [
      source,
      Object.fromEntries(
        Object.entries(streams).map(([stream, { live, rejected, deleted, skipped }]) => [
          stream,
          { live, rejected, deleted, skipped },
        ]),
      ),
    ]),
  );
  process.stdout.write(`${JSON.stringify({ day, asOf: dateOf(day), sources })}\n`);
}
