import { HOUSEHOLD_COLUMNS, householdRows, RESIDENT_COLUMNS, residentRows } from '../../generator/police-view.js';
import type { Town } from '../../generator/index.js';
import { AS_OF_TEXT } from '../../home.js';
import { Progress } from '../../progress.js';
import { deliver, isDelivered, refresh } from './drop.js';

const DAY = AS_OF_TEXT.replaceAll('-', '');
export const RESIDENTS_FILE = `CZRKJBXXB_${DAY}.csv`;
export const HOUSEHOLDS_FILE = `HXXB_${DAY}.csv`;
/** A delivery older than this is given again. */
const FRESH_HOURS = 12;

/** Delivers what is missing in the drop folder; the residents last, since they refer to the households. */
export async function deliverMissing(town: Town, drop: string): Promise<void> {
  if (!isDelivered(drop, HOUSEHOLDS_FILE)) {
    const progress = new Progress('police', 'households written', town.households);
    const rows = await deliver(drop, HOUSEHOLDS_FILE, HOUSEHOLD_COLUMNS, householdRows(town), (n) => progress.tick(n));
    progress.done(rows);
  }
  if (!isDelivered(drop, RESIDENTS_FILE)) {
    const progress = new Progress('police', 'residents written', Math.floor(town.people * 1.1));
    const rows = await deliver(drop, RESIDENTS_FILE, RESIDENT_COLUMNS, residentRows(town), (n) => progress.tick(n));
    progress.done(rows);
  }
  for (const name of [HOUSEHOLDS_FILE, RESIDENTS_FILE]) refresh(drop, name, FRESH_HOURS);
}
