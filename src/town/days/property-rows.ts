import { DIRT_RATES, strikes } from '../generator/dirt-rates.js';
import type { OwnerEntry, OwnerRow, RelationRow } from '../generator/property-owners.js';
import { entryAt, estateRows, plainEntries, roomRow } from '../generator/property-view.js';
import type { Town } from '../generator/town.js';
import type { Changes } from './changes.js';
import { eachDay } from './each-day.js';
import { landlordsOf } from './property-changes.js';

type Text = Record<string, string>;

/** An owner's row with its relations on one day. */
export interface EntryRows {
  owner: OwnerRow;
  relations: RelationRow[];
}

/** The community row of an estate on a day; only its code ever changes. */
export function communityRow(town: Town, estate: number, changes: Changes): Text {
  const { community } = estateRows(town.geography.estate(estate));
  return { ...community, city_code: changes.codeOn(community['city_code']!) };
}

/** A room on a day. A state that no list knows stays what it is. */
export function roomOn(town: Town, slot: number, changes: Changes): Text {
  const row = roomRow(town, slot, slot);
  const state = changes.rooms.get(slot);
  return state === undefined || strikes(DIRT_RATES.unknownCode, slot) ? row : { ...row, state };
}

/** Owner by owner, the rows of each given day; null when the owner is not there. */
export function* entryUnits(town: Town, days: readonly Changes[]): Generator<(EntryRows | null)[]> {
  let ordinal = 0;
  for (const entry of plainEntries(town, landlordsOf(days[0]!))) {
    const place = ordinal++;
    yield eachDay(
      days,
      (changes) => isTouched(entry, changes),
      (changes) => entryOn(entry, place, changes),
    );
  }
  const added = new Set(days.flatMap((changes) => [...changes.newEntries.keys()]));
  for (const key of added) yield days.map((changes) => newEntryOn(key, changes));
}

const isTouched = ({ owner: { member_id }, relations }: OwnerEntry, changes: Changes): boolean =>
  changes.owners.has(member_id) ||
  changes.moreRelations.has(member_id) ||
  relations.some(({ rel_id }) => changes.relations.has(rel_id));

function entryOn(entry: OwnerEntry, place: number, changes: Changes): EntryRows | null {
  const member = entry.owner.member_id;
  const patch = changes.owners.get(member);
  if (patch === null) return null;
  const patched: OwnerEntry = {
    ...entry,
    owner: { ...entry.owner, ...patch },
    relations: entry.relations.map((row) => ({ ...row, ...changes.relations.get(row.rel_id) })),
  };
  const { owner, relations } = entryAt(patched, place);
  return {
    owner,
    relations: [
      ...relations.filter(({ rel_id }) => changes.relations.get(rel_id) !== null),
      ...(changes.moreRelations.get(member) ?? []),
    ],
  };
}

function newEntryOn(key: string, changes: Changes): EntryRows | null {
  const found = changes.newEntries.get(key);
  if (found === undefined) return null;
  return {
    owner: { ...found.owner, ...changes.owners.get(key) },
    relations: [...found.relations, ...(changes.moreRelations.get(key) ?? [])],
  };
}
