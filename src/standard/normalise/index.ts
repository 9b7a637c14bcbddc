import { ConfigurationError } from '../../platform/kernel/index.js';
import { addressKeyOf, parseAddress, type Address } from './address/parse-address.js';
import { compact, hasReplacement, isMasked, tidy } from './characters.js';
import { normaliseCitizenId } from './citizen-id.js';
import { DATE_SHAPES, normaliseDate, normaliseDateTime, normaliseMonth, type DateShape } from './date.js';
import { normaliseDivision } from './division.js';
import { normaliseName } from './name.js';
import { normaliseBoolean, normaliseDecimal, normaliseInteger } from './numbers.js';
import { normalisePhone } from './phone.js';
import { EMPTY, invalid, masked, type Extra, type Normaliser, type NormaliseResult } from './result.js';
import { normaliseText } from './text.js';
import { normaliseUscc } from './uscc.js';

export { addressKeyOf, parseAddress, upToBuilding, type Address } from './address/parse-address.js';
export { dwellingKey, plainNumber, type DwellingParts } from './address/dwelling-key.js';
export { cleanEstate } from './address/estate.js';
export {
  citizenIdCheck,
  normaliseCitizenId,
  type CitizenId,
  type CitizenIdState,
  type IdScheme,
} from './citizen-id.js';
export { DATE_SHAPES, normaliseDate, normaliseDateTime, normaliseMonth, type DateShape } from './date.js';
export { normaliseDivision } from './division.js';
export { normaliseName } from './name.js';
export { normaliseBoolean, normaliseDecimal, normaliseInteger } from './numbers.js';
export { normalisePhone, type Phone } from './phone.js';
export { normalisePlate, type Plate } from './plate.js';
export type { Extra, Normaliser, NormaliseResult } from './result.js';
export { normaliseText } from './text.js';
export { isUscc, normaliseUscc, organizationCodeCheck, usccCheck, type Uscc } from './uscc.js';

/**
 * A certificate number as a field value. A number with a wrong check character is a VALUE that must not link
 * (`linkable: false`), likewise permits and company codes; only `indexable` ones have the 18-character form of the blind index.
 */
function citizenId(text: string): NormaliseResult {
  const read = normaliseCitizenId(text);
  switch (read.state) {
    case 'valid':
    case 'wrongCheck': {
      const extra: Extra = {
        linkable: read.state === 'valid',
        indexable: true,
        scheme: read.scheme!,
        birthDate: read.birthDate!,
        sex: read.sex!,
      };
      return { state: 'VALUE', value: read.id18!, extra };
    }
    case 'company':
    case 'permit':
      return {
        state: 'VALUE',
        value: read.text!,
        extra: { linkable: false, indexable: false, scheme: read.scheme! },
      };
    case 'masked':
      return masked(read.text!);
    case 'empty':
      return EMPTY;
    case 'damaged':
      return invalid('spreadsheetDamage');
    case 'invalid':
      return invalid('idShape');
  }
}

function phone(text: string): NormaliseResult {
  const read = normalisePhone(text);
  if (read.state === 'valid')
    return { state: 'VALUE', value: read.value!, extra: { kind: read.kind!, linkable: read.kind === 'mobile' } };
  if (read.state === 'masked') return masked(read.value!);
  return read.state === 'empty' ? EMPTY : invalid('phoneShape');
}

/**
 * One ID number in thirty passes as a credit code, wrong check digit or not. What reads as a citizen's number is never
 * taken for a code: codes are stored in the clear, numbers are not.
 */
function uscc(text: string): NormaliseResult {
  const read = normaliseUscc(text);
  if (read.state === 'valid' && ['valid', 'wrongCheck'].includes(normaliseCitizenId(read.code!).state))
    return invalid('usccIsCitizenId');
  if (read.state === 'valid') return { state: 'VALUE', value: read.code! };
  return read.state === 'empty' ? EMPTY : invalid(read.state === 'wrongCheck' ? 'usccCheck' : 'usccShape');
}

/** `value` is the tidied text; `extra` has the parts that were found and, where all are there, `addressKey`. */
function address(text: string, county?: string): NormaliseResult {
  const tidied = tidy(text);
  if (tidied === '') return EMPTY;
  if (hasReplacement(tidied)) return invalid('replacementCharacter');
  if (isMasked(tidied)) return masked(compact(tidied));
  const parsed = parseAddress(tidied);
  const key = addressKeyOf(parsed, county);
  const extra: Record<string, string> = {};
  if (key !== null) extra.addressKey = key;
  for (const part of ADDRESS_PARTS) if (parsed[part] !== null) extra[part] = parsed[part];
  return { state: 'VALUE', value: compact(tidied), extra };
}

const ADDRESS_PARTS: readonly (keyof Address)[] = ['countyCode', 'estate', 'building', 'unit', 'floor', 'room'];

const shaped =
  (read: (text: string, shape: DateShape) => NormaliseResult): Normaliser =>
  (text, shape = 'auto') =>
    read(text, shape as DateShape);

/**
 * The normalisers that mapping files call by name. Arguments: `date`, `month`, `dateTime` take one of DATE_SHAPES
 * (default auto); `address` takes the division code to assume where the text names no known county.
 */
export const NORMALISERS: Readonly<Record<string, Normaliser>> = {
  text: normaliseText,
  name: normaliseName,
  citizenId,
  phone,
  date: shaped(normaliseDate),
  month: shaped(normaliseMonth),
  dateTime: shaped(normaliseDateTime),
  decimal: normaliseDecimal,
  integer: normaliseInteger,
  boolean: normaliseBoolean,
  division: normaliseDivision,
  address,
  uscc,
};

/**
 * Checks a normaliser's argument once, when a mapping is loaded.
 *
 * @throws ConfigurationError STANDARD_NORMALISER_ARGUMENT
 */
export function checkNormaliserArgument(normaliser: string, argument: string | undefined): void {
  if (argument === undefined) return;
  const takesShape = normaliser === 'date' || normaliser === 'month' || normaliser === 'dateTime';
  if (
    takesShape
      ? (DATE_SHAPES as readonly string[]).includes(argument)
      : normaliser === 'address' && /^\d{6,12}$/.test(argument)
  )
    return;
  throw new ConfigurationError('STANDARD_NORMALISER_ARGUMENT', { params: { normaliser, argument } });
}
