import { once } from 'node:events';
import { dateOf, readClock } from '../clock.js';
import { liveDays, truthOn } from '../days/index.js';
import { Town, type TruthPerson } from '../generator/index.js';
import { homeAt, readSettings } from '../home.js';

export type TruthForm = 'json' | 'ndjson' | 'summary';

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Sums a readable table of how many people and keys there are. */
function* summary(people: Iterable<TruthPerson>): Generator<string> {
  const counts = new Map<string, number>();
  const add = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const person of people) {
    add(typeof person.person === 'number' ? 'people' : 'former spouses from elsewhere');
    for (const record of person.records) add(`keys in ${record.source}`);
    if (new Set(person.records.map((record) => record.source)).size === 4) add('people in all four sources');
    for (const flag of ['twin', 'sharedPhone', 'maskedEverywhere', 'duplicateNumber'] as const) {
      if (person[flag]) add(flag);
    }
  }
  for (const [what, count] of counts) yield `${String(count).padStart(9)} ${what}\n`;
}

/**
 * `town truth`: who is who, computed from seed, size and day alone; nothing has to run. `--json` prints one document with
 * one person a line between its first and last line, so that it can be read line by line; `--ndjson` the bare lines.
 */
export async function truth(dir: string, form: TruthForm): Promise<void> {
  const home = homeAt(dir);
  const { seed, people } = readSettings(home);
  const { day } = readClock(home);
  const town = new Town({ seed, people });
  const told = truthOn(town, liveDays(town, day));
  if (form === 'summary') {
    for (const line of summary(told)) await write(line);
    return;
  }
  if (form === 'json') await write(`{"seed":${seed},"people":${people},"asOf":"${dateOf(day)}","truth":[`);
  let first = true;
  let buffer = '';
  for (const person of told) {
    buffer += form === 'json' ? `${first ? '' : ','}\n${JSON.stringify(person)}` : `${JSON.stringify(person)}\n`;
    first = false;
    if (buffer.length < 1 << 16) continue;
    await write(buffer);
    buffer = '';
  }
  await write(form === 'json' ? `${buffer}\n]}\n` : buffer);
}
