import { DIRT_RATES } from './dirt-rates.js';
import type { Outsider, Person } from './household.js';
import { fifteenDigits, maskedId, wrongCheck } from './id-number.js';
import { nameVariant } from './names.js';
import type { Random } from './random.js';

export type IdState = 'full' | 'fifteen' | 'masked' | 'missing' | 'wrong';
export type PhoneState = 'full' | 'masked' | 'missing' | 'placeholder';

/** A person as one system's clerk wrote him or her down, and what happened to the truth on the way. */
export interface Written {
  name: string;
  idNumber: string;
  /** '' when the system has none. */
  phone: string;
  nameSame: boolean;
  idState: IdState;
  phoneState: PhoneState;
}

/** Who writes: registries that see the card itself neither mask nor leave the number out. */
export type Clerk = 'counter' | 'police' | 'registry';

const FULL_WIDTH_ZERO = 0xff10;

/** A valid number in another dress; normalising gives it back. */
function disguise(random: Random, id: string): string {
  const kind = random.below(3);
  if (id.endsWith('X') && kind < 2) return id.toLowerCase();
  if (kind === 0) return `${id} `;
  if (kind === 1) return `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`;
  return [...id].map((c) => (c === 'X' ? 'Ｘ' : String.fromCharCode(FULL_WIDTH_ZERO + Number(c)))).join('');
}

/** The protected are masked already; the others make up the rest of the rate. */
const besidesProtected = (rate: number): number =>
  (rate - DIRT_RATES.maskedEverywhere) / (1 - DIRT_RATES.maskedEverywhere);

function writeId(random: Random, person: Person, clerk: Clerk): [string, IdState] {
  const id = person.idNumber;
  const fate = random.unit();
  const shift = random.between(1, 10);
  const asMasked = clerk === 'counter' ? besidesProtected(DIRT_RATES.maskedId) : 0;
  const asMissing = asMasked + (clerk === 'counter' ? DIRT_RATES.missingId : 0);
  const asWrong = asMissing + DIRT_RATES.wrongCheck;
  const asFifteen = asWrong + (clerk === 'police' || id[6] !== '1' ? 0 : DIRT_RATES.fifteenDigit);
  if (person.protectedPerson && clerk !== 'registry') return [maskedId(id), 'masked'];
  if (fate < asMasked) return [maskedId(id), 'masked'];
  if (fate < asMissing) return ['', 'missing'];
  if (fate < asWrong) return [wrongCheck(id, shift), 'wrong'];
  if (fate < asFifteen) return [fifteenDigits(id), 'fifteen'];
  if (clerk === 'counter' && random.chance(DIRT_RATES.idFormat)) return [disguise(random, id), 'full'];
  return [id, 'full'];
}

function writePhone(random: Random, person: Person): [string, PhoneState] {
  const phone = person.contactPhone;
  const fate = random.unit();
  if (phone === '') return ['', 'missing'];
  const masked = besidesProtected(DIRT_RATES.maskedPhone);
  if (person.protectedPerson || fate < masked) {
    return [`${phone.slice(0, 3)}****${phone.slice(7)}`, 'masked'];
  }
  const missing = masked + DIRT_RATES.missingPhone;
  if (fate < missing) return ['', 'missing'];
  if (fate < missing + DIRT_RATES.placeholderPhone) return ['13800000000', 'placeholder'];
  return [phone, 'full'];
}

/**
 * Writes a person down with the dirt of a system. Two twins never get the same name: their names are what keeps
 * them apart. The pair with the duplicate number keeps it clean at the police (`clean`).
 */
export function writeDown(random: Random, person: Person, clerk: Clerk, clean = false): Written {
  const [idNumber, idState] = writeId(random, person, clerk);
  const [phone, phoneState] = writePhone(random, person);
  const varies = clerk !== 'police' && random.chance(DIRT_RATES.nameVariant);
  const variant = varies && !person.twin ? nameVariant(random, person.name, person.formerName) : person.name;
  if (clean)
    return { name: person.name, nameSame: true, idNumber: person.idNumber, idState: 'full', phone, phoneState };
  return { name: variant, nameSame: variant === person.name, idNumber, idState, phone, phoneState };
}

/** The style of an address and whether it is a former one. */
export function drawAddress(random: Random, current: number, previous: number, styles: number): [number, number] {
  const stale = random.chance(DIRT_RATES.staleAddress);
  return [stale ? previous : current, random.below(styles)];
}

/** People from elsewhere are written as they are: nothing in town could tell a variant of them. */
export function writeOutsider(outsider: Outsider): Written {
  const { name, idNumber } = outsider;
  return { name, idNumber, phone: '', nameSame: true, idState: 'full', phoneState: 'missing' };
}
