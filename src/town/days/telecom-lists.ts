import { DIRT_RATES, strikes } from '../generator/dirt-rates.js';
import { householdHolders, holderAt, lineAt, type Holder, type Line } from '../generator/telecom-view.js';
import type { Town } from '../generator/town.js';
import { customer, individual, product } from '../systems/telecom/resources.js';
import type { Changes } from './changes.js';
import { eachDay } from './each-day.js';
import type { ListedKey, Seen } from './seen.js';

const BASE = '';

/** A holder of the first day as the operator has him on a day, or null when he left. Its lines are those of the first day. */
export function holderOn(holder: Holder, changes: Changes): Holder | null {
  const patch = changes.holders.get(holder.individual);
  return patch === null ? null : { ...holder, ...patch };
}

export function lineOn(line: Line, changes: Changes): Line | null {
  const patch = changes.lines.get(line.id);
  return patch === null ? null : { ...line, ...patch };
}

/** Individuals, customers and products as the three lists show them. */
export function* telecomLists(town: Town, days: readonly Changes[]): Generator<ListedKey> {
  let holders = 0;
  let lines = 0;
  for (const household of town.allHouseholds()) {
    for (const holder of householdHolders(town, household)) {
      const place = holders++;
      const touched = (changes: Changes): boolean => changes.holders.has(holder.individual);
      const on = eachDay(days, touched, (changes) => holderOn(holder, changes));
      yield* holderKeys(holder, place, true, on);
      for (const line of holder.lines) {
        const at = lines++;
        const lineTouched = (changes: Changes): boolean => touched(changes) || changes.lines.has(line.id);
        const seen = eachDay(days, lineTouched, (changes) => {
          const now = holderOn(holder, changes);
          const own = lineOn(line, changes);
          return now === null || own === null ? null : lineSeen(now, own, at);
        });
        yield { stream: 'products', key: line.id, first: true, seen };
      }
    }
  }
  yield* newKeys(days);
}

function* newKeys(days: readonly Changes[]): Generator<ListedKey> {
  const most = days.reduce((longest, changes) =>
    changes.newHolders.length > longest.newHolders.length ? changes : longest,
  );
  let at = 0;
  for (const [place, holder] of most.newHolders.entries()) {
    const there = days.map((changes) => (place < changes.newHolders.length ? holder : null));
    yield* holderKeys(holder, place, false, there);
    for (const line of holder.lines) {
      const ordinal = at++;
      const seen = there.map((own) => (own === null ? null : lineSeen(own, line, ordinal)));
      yield { stream: 'products', key: line.id, first: false, seen };
    }
  }
}

function* holderKeys(holder: Holder, place: number, first: boolean, on: (Holder | null)[]): Generator<ListedKey> {
  const bad = strikes(DIRT_RATES.unknownCode, place);
  if (on.every((own) => own === on[0] && own !== null)) {
    const [one, live] = [
      { standing: bad ? 'rejected' : 'live', text: '' },
      { standing: 'live', text: '' },
    ] as const;
    yield { stream: 'individuals', key: holder.individual, first, seen: on.map(() => one) };
    yield { stream: 'customers', key: holder.customer, first, seen: on.map(() => live) };
    return;
  }
  yield {
    ...{ stream: 'individuals', key: holder.individual, first },
    seen: on.map((own) =>
      own === null
        ? null
        : { standing: bad ? 'rejected' : 'live', text: JSON.stringify(individual(holderAt(own, place), BASE)) },
    ),
  };
  yield {
    ...{ stream: 'customers', key: holder.customer, first },
    seen: on.map((own) => (own === null ? null : { standing: 'live', text: JSON.stringify(customer(own, BASE)) })),
  };
}

const lineSeen = (holder: Holder, line: Line, ordinal: number): Seen => ({
  standing: strikes(DIRT_RATES.unknownCode, ordinal) ? 'rejected' : 'live',
  text: JSON.stringify(product({ holder, line: lineAt(line, ordinal) }, BASE)),
});
