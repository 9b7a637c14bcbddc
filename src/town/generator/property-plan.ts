import { propertyKey } from './keys.js';
import { Permutation } from './permutation.js';
import { Random, PURPOSE } from './random.js';
import type { Town } from './town.js';
import { DIRT_RATES } from './dirt-rates.js';

/** Who holds the home of a household in the property system's eyes. */
export interface Tenure {
  /** False: the property company knows nothing of these people. */
  covered: boolean;
  kind: 'owner' | 'tenant' | 'company';
  /** Households with a row of a former owner, softly deleted. */
  formerOwner: boolean;
}

export function tenure(town: Town, household: number): Tenure {
  const random = new Random(town.seed, PURPOSE.property, household);
  const covered = random.chance(0.82);
  const fate = random.unit();
  const formerOwner = random.chance(0.03);
  const company = fate < DIRT_RATES.companyOwner;
  return { covered, formerOwner, kind: company ? 'company' : fate < 0.15 ? 'tenant' : 'owner' };
}

/**
 * Which household owns another's rented home or a vacant dwelling. Both relations are permutations, so a landlord can
 * be asked for what he owns as easily as a home for its landlord.
 */
export class Landlords {
  private readonly rented: Permutation;
  private readonly second: Permutation;

  constructor(private readonly town: Town) {
    this.rented = new Permutation(town.households, (town.seed % 6007) + 3);
    this.second = new Permutation(town.households, (town.seed % 5003) + 17);
  }

  /** Household whose rented home this household owns, or null. */
  tenantOf(landlord: number): number | null {
    const tenant = this.rented.inverse(landlord);
    return tenant !== landlord && tenure(this.town, tenant).kind === 'tenant' ? tenant : null;
  }

  /** Vacancy that this household bought and leaves empty, or null. */
  secondHomeOf(owner: number): number | null {
    const vacancy = this.second.inverse(owner);
    return vacancy < this.town.vacancies && sold(this.town, vacancy) ? vacancy : null;
  }
}

/** A vacant dwelling that has an owner; of the unsold, a few stand under a virtual owner. */
export function sold(town: Town, vacancy: number): boolean {
  return vacancy < town.households && vacancyRandom(town, vacancy).chance(0.35);
}

export const vacancyRandom = (town: Town, vacancy: number): Random =>
  new Random(town.seed, PURPOSE.property, town.people + vacancy);

/** Number space of building_owner rows: eight a household member, then companies, strangers and virtual owners. */
export const memberKey = (person: number, row: number): string => {
  const number = person * 4 + row;
  return propertyKey('77', number, `20${18 + (number % 8)}${String((number % 12) + 1).padStart(2, '0')}15`);
};
export const companyKey = (household: number): string => propertyKey('77', household, '20170601');
export const strangerKey = (household: number): string => propertyKey('77', household, '20160601');
export const virtualKey = (vacancy: number): string => propertyKey('77', vacancy, '20150601');
export const roomKey = (dwelling: number): string => propertyKey('75', dwelling, '20150301');
export const relationKey = (person: number, row: number): string => propertyKey('78', person * 4 + row, '20190101');
export const companyRelationKey = (household: number): string => propertyKey('78', household, '20170601');
export const virtualRelationKey = (vacancy: number): string => propertyKey('78', vacancy, '20150601');
