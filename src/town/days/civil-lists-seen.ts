import { MONTHS, monthName } from '../generator/civil-plan.js';
import { indexMarriages, marriageEntry } from '../generator/marriage-view.js';
import { DIRT_RATES, strikes } from '../generator/dirt-rates.js';
import type { Town } from '../generator/town.js';
import type { Changes } from './changes.js';
import { CivilLists } from './civil-lists.js';
import { AssistanceMonths } from './civil-rows.js';
import type { ListedKey, Seen } from './seen.js';

/** Assistance by month and person, and the registry's journal. */
export function* civilLists(town: Town, days: readonly Changes[]): Generator<ListedKey> {
  const lists = new CivilLists(town);
  const books = days.map((changes) => new AssistanceMonths(changes, lists));
  const longest = books.reduce((most, book) => (book.months.length > most.months.length ? book : most));
  for (const [month, listed] of longest.months.entries()) {
    for (let place = 0; place < listed.length; place++) {
      if (place > 0 && listed[place - 1] === listed[place]) continue;
      const seen = books.map((book): Seen | null => {
        if (month >= book.months.length || book.isGone(month, place)) return null;
        return {
          standing: book.isBad(month, place) ? 'rejected' : 'live',
          text: Object.values(book.row(month, place)).join('|'),
        };
      });
      yield { stream: 'assistance', key: `${monthName(month)}/${listed[place]!}`, first: month < MONTHS.length, seen };
    }
  }
  yield* journal(town, days);
}

function* journal(town: Town, days: readonly Changes[]): Generator<ListedKey> {
  const seen = (row: Record<string, string>, ordinal: number): Seen => ({
    standing: strikes(DIRT_RATES.unknownCode, ordinal) ? 'rejected' : 'live',
    text: Object.values(row).join('|'),
  });
  for (const [ordinal, plan] of indexMarriages(town).entries()) {
    const { row } = marriageEntry(town, town.household(plan.household), plan, ordinal);
    const one = seen(row, ordinal);
    yield { stream: 'marriages', key: row['MARRY_ID']!, first: true, seen: days.map(() => one) };
  }
  const longest = days.reduce((most, changes) => (changes.journal.length > most.journal.length ? changes : most));
  for (const [number, entry] of longest.journal.entries()) {
    const one = seen(entry.row, number);
    yield {
      ...{ stream: 'marriages', key: entry.row['MARRY_ID']!, first: false },
      seen: days.map((changes) => (number < changes.journal.length ? one : null)),
    };
  }
}
