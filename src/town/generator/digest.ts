import { createHash } from 'node:crypto';
import { indexAssistance, MONTHS } from './civil-plan.js';
import { assistanceRows } from './civil-view.js';
import { indexMarriages, marriageEntry } from './marriage-view.js';
import { householdRows, residentRows } from './police-view.js';
import { estateRows, ownerEntries, roomRow } from './property-view.js';
import { holderAt, householdHolders, lineAt } from './telecom-view.js';
import { truthOf } from './truth.js';
import type { Town } from './town.js';

function* everything(town: Town): Generator<unknown> {
  yield* residentRows(town);
  yield* householdRows(town);
  for (let estate = 0; estate < town.geography.estates; estate++) yield estateRows(town.geography.estate(estate));
  for (let slot = 0; slot < town.dwellings; slot++) yield roomRow(town, slot, slot);
  for (const { owner, relations } of ownerEntries(town)) yield [owner, relations];
  let holders = 0;
  let lines = 0;
  for (const household of town.allHouseholds()) {
    for (const holder of householdHolders(town, household)) {
      const { person: _person, written: _written, lines: own, ...shown } = holderAt(holder, holders++);
      yield [shown, own.map((line) => lineAt(line, lines++))];
    }
  }
  let ordinals = 0;
  for (const [month, listed] of indexAssistance(town).entries()) {
    if (month < MONTHS.length) yield* assistanceRows(town, listed, month, ordinals);
    ordinals += listed.length;
  }
  for (const [ordinal, plan] of indexMarriages(town).entries()) {
    yield marriageEntry(town, town.household(plan.household), plan, ordinal).row;
  }
  yield* truthOf(town);
}

/** SHA-256 over every row that any system of the town shows, and the truth: equal for the same seed and size. */
export function townDigest(town: Town): string {
  const hash = createHash('sha256');
  for (const row of everything(town)) hash.update(`${JSON.stringify(row)}\n`);
  return hash.digest('hex');
}
