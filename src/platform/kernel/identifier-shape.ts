/** 18 characters whose 7th–14th are a date between 1850 and 2099, as in a citizen ID number (GB 11643-1999). */
const CITIZEN_ID =
  /(?<![0-9A-Za-z])[1-9]\d{5}(?:18[5-9]\d|19\d\d|20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/;

/**
 * Whether a text holds something shaped like a citizen ID number. The last guard of places that must never hold one
 * (logs, evidence): it knows the shape only, not whether such a number was ever given out.
 */
export const holdsCitizenIdShape = (text: string): boolean => CITIZEN_ID.test(text.normalize('NFKC'));

/** Everything that is neither letter nor digit may stand between the characters of a number without hiding it. */
const SEPARATORS = /[^\p{L}\p{Nd}]/gu;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const OTHER_DIGITS = /[^\P{Nd}0-9]/gu;
const IS_DIGIT = /\p{Nd}/u;
/** First two digits of a division code (GB/T 2260; 9x: residence permits of foreigners, and our test people). */
const PROVINCE = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\\d)';
const DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const OF_18 = new RegExp(`${PROVINCE}\\d{4}(?:18[5-9]\\d|19\\d\\d|20\\d\\d)${DAY}\\d{3}[\\dXx]`);
const OF_15 = new RegExp(`^${PROVINCE.replace('9\\d', '99')}\\d{6}${DAY}\\d{3}$`);

/**
 * A number of 15 digits has no century and no check digit, so any long number holds something like it: it counts only
 * where it begins and ends with a group of digits.
 */
const holds15 = (text: string): boolean =>
  text.split(/\p{L}+/u).some((part) => {
    const groups = part.match(/\d+/g) ?? [];
    return groups.some((_, first) => {
      let joined = '';
      for (let at = first; at < groups.length && joined.length < 15; at++) joined += groups[at]!;
      return OF_15.test(joined);
    });
  });

/** The value of a decimal digit of another script: their tens begin at a code point that ends in 0 or 6. */
function digitOf(digit: string): string {
  const point = digit.codePointAt(0)!;
  const row = point - (point % 16);
  return String((point % 16) - (IS_DIGIT.test(String.fromCodePoint(row)) ? 0 : 6));
}

/**
 * Whether a text holds a citizen ID number, of 18 or of 15 characters, in any disguise: split by whatever is neither
 * letter nor digit, in digits of another script, or inside a longer run. Strict enough to take some other long numbers
 * for one, so it is for what a person writes (a purpose, a case number, a URL), not for identifiers that a program makes.
 */
export function hidesCitizenId(text: string): boolean {
  const plain = text.normalize('NFKC').replace(INVISIBLE, '').replace(OTHER_DIGITS, digitOf);
  return OF_18.test(plain.replace(SEPARATORS, '')) || holds15(plain);
}
