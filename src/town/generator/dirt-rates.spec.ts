import { describe, expect, it } from '@jest/globals';
import { indexAssistance } from './civil-plan.js';
import { assistanceRows } from './civil-view.js';
import { DIRT_RATES, strikes, type DirtKind } from './dirt-rates.js';
import { indexMarriages, marriageEntry } from './marriage-view.js';
import { DirtMeter } from './measure-dirt.js';
import { householdRows, residentRows } from './police-view.js';
import { ownerEntries, roomRow } from './property-view.js';
import { holderAt, householdHolders, lineAt } from './telecom-view.js';
import { Town } from './town.js';

/** Twins come in twos and addresses repeat within a household: such counts scatter more than single draws do. */
const CLUSTERED: Partial<Record<DirtKind, number>> = { twins: 2, staleAddress: 2, codeInWords: 6, wrongCheck: 1.5 };
const COUNTED = Object.keys(DIRT_RATES).filter((kind) => kind !== 'unknownCode') as DirtKind[];

/** Rows of each stream and how many of them carry a code that no list knows. */
function unknownCodes(town: Town): Record<string, { rows: number; unknown: number }> {
  const streams: Record<string, { rows: number; unknown: number }> = {};
  const count = (stream: string, unknown: boolean): void => {
    const entry = (streams[stream] ??= { rows: 0, unknown: 0 });
    entry.rows += 1;
    if (unknown) entry.unknown += 1;
  };
  for (const row of residentRows(town)) {
    count('residents', row.mz === '77' || row.hyzk === '24' || row.yhzgx === '98' || row.hb === '77');
  }
  for (const row of householdRows(town)) count('households', row.hlx === '7');
  for (let slot = 0; slot < town.dwellings; slot++) count('rooms', roomRow(town, slot, slot)['state'] === '2099');
  for (const { owner, relations } of ownerEntries(town)) {
    count('owners', owner.sex === '7');
    for (const relation of relations) count('occupancies', relation.state === '2099');
  }
  let [holders, lines] = [0, 0];
  for (const household of town.allHouseholds()) {
    for (const holder of householdHolders(town, household)) {
      count('individuals', holderAt(holder, holders++).gender === 'X9');
      for (const line of holder.lines) count('products', lineAt(line, lines++).status === 'parked');
    }
  }
  let ordinals = 0;
  indexAssistance(town).forEach((listed, month) => {
    for (const row of assistanceRows(town, listed, month, ordinals))
      count('assistance', row['RELATIONSHIP_TYPE'] === '98');
    ordinals += listed.length;
  });
  indexMarriages(town).forEach((plan, ordinal) => {
    const { row } = marriageEntry(town, town.household(plan.household), plan, ordinal);
    count('marriages', row['OP_TYPE'] === 'IX');
  });
  return streams;
}

describe.each([3000, 20_000])('dirt of a town of %i people', (people) => {
  const town = new Town({ seed: 1, people });
  const { counts } = new DirtMeter(town);

  it.each(COUNTED)('%s lies within four standard deviations of its rate', (kind) => {
    const { hits, of } = counts.get(kind) ?? { hits: 0, of: 0 };
    const rate = DIRT_RATES[kind];
    expect(of).toBeGreaterThan(people / 4);
    const deviation = Math.sqrt(of * rate * (1 - rate)) * (CLUSTERED[kind] ?? 1);
    expect(Math.abs(hits - rate * of)).toBeLessThan(4 * deviation + 1);
  });

  it('unknown codes reach every stream at their rate and never 1 % of its rows', () => {
    const streams = unknownCodes(town);
    expect(Object.keys(streams)).toHaveLength(9);
    for (const [stream, { rows, unknown }] of Object.entries(streams)) {
      expect({ stream, high: unknown / rows < 0.01 }).toEqual({ stream, high: true });
      expect({
        stream,
        near: Math.abs(unknown - rows * DIRT_RATES.unknownCode) <= 4 * Math.sqrt(rows * DIRT_RATES.unknownCode) + 1,
      }).toEqual({ stream, near: true });
    }
  });
});

describe('strikes', () => {
  it('never hits more than one row above its rate, at any size', () => {
    let [hits, worst] = [0, 0];
    for (let ordinal = 0; ordinal < 5000; ordinal++) {
      if (strikes(DIRT_RATES.unknownCode, ordinal)) hits += 1;
      worst = Math.max(worst, hits / (ordinal + 1));
    }
    expect(hits).toBe(15);
    expect(worst).toBeLessThan(0.01);
  });

  it('keeps small streams under 1 % too', () => {
    for (const people of [1, 7, 50, 200, 600]) {
      for (const { rows, unknown } of Object.values(unknownCodes(new Town({ seed: 3, people })))) {
        expect(unknown / rows).toBeLessThan(0.01);
      }
    }
  });
});
