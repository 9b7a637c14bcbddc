/**
 * How dirty the town's data are: each kind, its rate and what the rate is over. A *person row* is a row about one
 * human being in property, telecom or civil assistance (the police and the marriage registry see the card itself:
 * they have wrong numbers and old forms, but no empty ones). `dirt-rates.spec.ts` holds the town to this table.
 */
export const DIRT_RATES = {
  /** ID number masked at the source (`990101**********12`): person rows. */
  maskedId: 0.05,
  /** ID number empty: person rows. */
  missingId: 0.08,
  /** ID number with a wrong check digit: person rows, and police residents. */
  wrongCheck: 0.005,
  /** ID number in the old form of 15 digits: person rows of people born before 2000. */
  fifteenDigit: 0.02,
  /** Valid number written differently (lower-case x, full-width digits, spaces): person rows with the full number. */
  idFormat: 0.01,
  /** Name written differently from the police's: person rows and marriage parties, but for twins. */
  nameVariant: 0.02,
  /** Contact phone that is somebody else's: people. */
  sharedPhone: 0.05,
  /** One of twins: people. */
  twins: 0.005,
  /** A code that no code list knows: rows of a stream, never more than 1 %. */
  unknownCode: 0.003,
  /** Contact phone masked (`154****1234`): person rows of people with a phone. */
  maskedPhone: 0.05,
  /** Contact phone empty: person rows of people with a phone. */
  missingPhone: 0.08,
  /** Contact phone is the clerk's `13800000000`: person rows of people with a phone. */
  placeholderPhone: 0.005,
  /** Birth date `1900-01-01`: telecom individuals. */
  placeholderBirthDate: 0.005,
  /** Address of a former dwelling: address fields of property owners, telecom installations and assistance. */
  staleAddress: 0.03,
  /** Name with a character outside the basic 20 902 (𠮷, 㐂 …): people. */
  rareCharacter: 0.01,
  /** ID number masked in every system: people (part of `maskedId`). */
  maskedEverywhere: 0.005,
  /** Home owned by a company, its code in the ID column: households. */
  companyOwner: 0.025,
  /** Registered at one dwelling, living in another (人户分离): households, but for collective ones. */
  separated: 0.1,
  /** The same row delivered twice: police and civil rows. */
  duplicateRow: 0.002,
  /** The same person registered twice: telecom holders with a phone of their own. */
  duplicatePerson: 0.01,
  /** Sex or category in words instead of codes: telecom individuals, assistance rows. */
  codeInWords: 0.004,
} as const;
export type DirtKind = keyof typeof DIRT_RATES;

/**
 * Spreads `rate` evenly over numbered rows: at most one row more than rate × rows, whatever the size, so that no
 * stream ever holds more unknown codes than the engine tolerates.
 */
export function strikes(rate: number, ordinal: number): boolean {
  const every = Math.floor(1 / rate);
  return ordinal % every === every >> 1;
}
