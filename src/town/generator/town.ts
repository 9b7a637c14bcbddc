import { cut, takeCensus, type Census } from './census.js';
import { DIRT_RATES } from './dirt-rates.js';
import { addressText, DWELLINGS_PER_ESTATE, Geography, type Dwelling } from './geography.js';
import { drawFormerSpouse, furnish, type Household, type Person } from './household.js';
import { Permutation } from './permutation.js';
import { Random, PURPOSE } from './random.js';
import { drawSkeleton, type Skeleton } from './skeleton.js';

export interface TownOptions {
  seed: number;
  people: number;
}

/** Largest town that the number schemes were made for. */
export const MOST_PEOPLE = 2_000_000;

/**
 * A town as a function: household h of seed s is the same wherever and whenever it is asked for, and asking needs
 * neither the households before it nor memory for them.
 */
export class Town {
  readonly seed: number;
  readonly people: number;
  readonly census: Census;
  readonly geography: Geography;
  /** Household or vacancy number → dwelling. */
  private readonly placement: Permutation;
  private readonly registry: Permutation;
  private last: Household | null = null;

  constructor({ seed, people }: TownOptions) {
    if (!Number.isSafeInteger(people) || people < 1 || people > MOST_PEOPLE) {
      throw new RangeError(`people must be between 1 and ${MOST_PEOPLE}`);
    }
    this.seed = seed >>> 0;
    this.people = people;
    this.census = takeCensus(this.seed, people);
    const estates = Math.ceil((this.households * 1.12) / DWELLINGS_PER_ESTATE);
    this.geography = new Geography(this.seed, estates);
    this.placement = new Permutation(estates * DWELLINGS_PER_ESTATE, this.seed % 9973);
    this.registry = new Permutation(estates * DWELLINGS_PER_ESTATE, (this.seed % 7919) + 4001);
  }

  get households(): number {
    return this.census.households;
  }

  get dwellings(): number {
    return this.placement.size;
  }

  /** Dwellings nobody lives in. */
  get vacancies(): number {
    return this.dwellings - this.households;
  }

  /** The dwelling of vacancy `index`. */
  vacancy(index: number): number {
    return this.placement.at(this.households + index);
  }

  /** The household that lives in a dwelling, or null. */
  inhabitant(dwelling: number): number | null {
    const household = this.placement.inverse(dwelling);
    return household < this.households ? household : null;
  }

  home(household: number): number {
    return this.placement.at(household);
  }

  skeleton(household: number): Skeleton {
    const first = this.census.firstPerson[household]!;
    return cut(drawSkeleton(this.seed, household), this.people - first);
  }

  /** The household with its people. The last one asked for is kept: readers walk through the town in order. */
  household(index: number): Household {
    if (this.last?.index === index) return this.last;
    if (index < 0 || index >= this.households) throw new RangeError(`no household ${index}`);
    const skeleton = this.skeleton(index);
    const random = new Random(this.seed, PURPOSE.identity, index);
    const members = furnish(random, skeleton, this.census.firstPerson[index]!, this.census.sequences);
    const home = this.home(index);
    const separated = skeleton.kind !== 'collective' && random.chance(DIRT_RATES.separated);
    const elsewhere = this.registry.at(index);
    const household: Household = {
      index,
      kind: skeleton.kind,
      couple: skeleton.couple,
      former: skeleton.former,
      members,
      formerSpouse: skeleton.former
        ? drawFormerSpouse(random, skeleton.former, this.census.formerSequences[index]!)
        : null,
      home,
      registered: separated ? elsewhere : home,
      previous: this.registry.at(this.dwellings - 1 - index),
    };
    this.last = household;
    return household;
  }

  /** The household of a person, by binary search. */
  householdOf(person: number): number {
    const { firstPerson } = this.census;
    let low = 0;
    let high = this.households - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (firstPerson[middle]! <= person) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  person(index: number): Person {
    const household = this.householdOf(index);
    return this.household(household).members[index - this.census.firstPerson[household]!]!;
  }

  dwelling(slot: number): Dwelling {
    return this.geography.dwelling(slot);
  }

  address(slot: number, style = 0): string {
    return addressText(this.geography.dwelling(slot), style);
  }

  *allHouseholds(): Generator<Household> {
    for (let index = 0; index < this.households; index++) yield this.household(index);
  }

  /** True for the two people who were given the same ID number. */
  hasDuplicateNumber(person: number): boolean {
    const { duplicate } = this.census;
    return duplicate !== null && (duplicate.first === person || duplicate.second === person);
  }
}
