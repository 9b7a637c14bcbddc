import type { DirtKind } from './dirt-rates.js';
import { indexAssistance, MONTHS } from './civil-plan.js';
import { assistanceRows, assistedPeople, CATEGORY_WORDS, civilWritten } from './civil-view.js';
import { ADDRESS_STYLES } from './geography.js';
import type { Household, Person } from './household.js';
import { indexMarriages, marriageEntry } from './marriage-view.js';
import { RARE_CHARACTERS } from './name-lists.js';
import { policeWritten, residentRows } from './police-view.js';
import { householdEntries } from './property-owners.js';
import { Landlords, tenure } from './property-plan.js';
import { GENDER_WORDS, householdHolders } from './telecom-view.js';
import type { Town } from './town.js';
import type { Written } from './written.js';

export interface Measured {
  hits: number;
  of: number;
}

/** Counts every kind of dirt in what the systems show, not in what the generator meant. */
export class DirtMeter {
  readonly counts = new Map<DirtKind, Measured>();
  private addressed: Household | null = null;
  private ways = new Set<string>();

  constructor(private readonly town: Town) {
    const landlords = new Landlords(town);
    for (const household of town.allHouseholds()) this.countHousehold(household, landlords);
    this.countAssistance();
    this.countMarriages();
    this.countPolice();
  }

  private count(kind: DirtKind, hit: boolean): void {
    let measured = this.counts.get(kind);
    if (measured === undefined) this.counts.set(kind, (measured = { hits: 0, of: 0 }));
    measured.of += 1;
    if (hit) measured.hits += 1;
  }

  private countHousehold(household: Household, landlords: Landlords): void {
    const { town } = this;
    if (household.kind !== 'collective') this.count('separated', household.home !== household.registered);
    this.count('companyOwner', tenure(town, household.index).kind === 'company');
    for (const person of household.members) this.countPerson(person);
    for (const { person, written, owner } of householdEntries(town, landlords, household)) {
      if (!person || !written) continue;
      this.countRow(person, written);
      if (owner.address !== '') this.countAddress(household, owner.address);
    }
    for (const holder of householdHolders(town, household)) {
      this.countRow(holder.person, holder.written);
      const words: readonly string[] = GENDER_WORDS[holder.person.sex];
      this.count('codeInWords', words.includes(holder.gender));
      this.count('placeholderBirthDate', holder.birthDate.startsWith('1900-01-01'));
      for (const line of holder.lines) if (line.address !== '') this.countAddress(household, line.address);
    }
    const holders = householdHolders(town, household, false);
    for (const person of new Set(holders.map((holder) => holder.person))) {
      if (person.borrowsPhone) continue;
      this.count('duplicatePerson', holders.filter((holder) => holder.person === person).length > 1);
    }
    for (const person of assistedPeople(town, household)) this.countRow(person, civilWritten(town, person));
  }

  private countPerson(person: Person): void {
    const { town } = this;
    this.count('twins', person.twin);
    this.count('maskedEverywhere', person.protectedPerson);
    this.count('sharedPhone', person.contactPhone !== '' && person.contactPhone !== person.mobile);
    if (!person.name.includes('·'))
      this.count(
        'rareCharacter',
        RARE_CHARACTERS.some((c) => person.name.includes(c)),
      );
    this.count('wrongCheck', policeWritten(town, person).idState === 'wrong');
  }

  private countRow(person: Person, written: Written): void {
    this.count('maskedId', /^990101\*{10}..$/.test(written.idNumber));
    this.count('missingId', written.idNumber === '');
    this.count('wrongCheck', written.idState === 'wrong');
    if (person.idNumber[6] === '1') this.count('fifteenDigit', /^\d{15}$/.test(written.idNumber));
    if (written.idState === 'full') this.count('idFormat', written.idNumber !== person.idNumber);
    if (!person.twin) this.count('nameVariant', written.name !== person.name);
    if (person.contactPhone === '') return;
    this.count('maskedPhone', written.phone.includes('*'));
    this.count('missingPhone', written.phone === '');
    this.count('placeholderPhone', written.phone === '13800000000');
  }

  private countAddress(household: Household, address: string): void {
    if (this.addressed !== household) {
      this.addressed = household;
      this.ways = new Set(
        Array.from({ length: ADDRESS_STYLES }, (_, style) => this.town.address(household.home, style)),
      );
    }
    this.count('staleAddress', !this.ways.has(address));
  }

  private countAssistance(): void {
    let ordinals = 0;
    indexAssistance(this.town).forEach((listed, month) => {
      let before = '';
      for (const row of assistanceRows(this.town, listed, month, ordinals)) {
        this.count('codeInWords', CATEGORY_WORDS.includes(row['ASSISTANCE_TYPE']!));
        this.count('duplicateRow', row['PEOPLE_ID'] === before);
        before = row['PEOPLE_ID']!;
      }
      if (month < MONTHS.length) ordinals += listed.length;
    });
  }

  private countMarriages(): void {
    indexMarriages(this.town).forEach((plan, ordinal) => {
      const { man, woman } = marriageEntry(this.town, this.town.household(plan.household), plan, ordinal);
      for (const party of [man, woman]) {
        if (party.person && !party.person.twin) this.count('nameVariant', party.written.name !== party.person.name);
      }
    });
  }

  private countPolice(): void {
    let before = '';
    for (const row of residentRows(this.town)) {
      this.count('duplicateRow', row.rynbid === before);
      before = row.rynbid;
    }
  }
}
