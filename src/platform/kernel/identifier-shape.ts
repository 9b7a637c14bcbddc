/** 18 characters whose 7th–14th are a date between 1850 and 2099, as in a citizen ID number (GB 11643-1999). */
const CITIZEN_ID =
  /(?<![0-9A-Za-z])[1-9]\d{5}(?:18[5-9]\d|19\d\d|20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/;

/**
 * Whether a text holds something shaped like a citizen ID number. The last guard of places that must never hold one
 * (logs, evidence): it knows the shape only, not whether such a number was ever given out.
 */
export const holdsCitizenIdShape = (text: string): boolean => CITIZEN_ID.test(text.normalize('NFKC'));

/** What may stand between the characters of a number without hiding it from a reader. */
const SEPARATORS = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Mn}\p{Pd}\u2212._]/gu;
const WITHIN =
  /[1-9]\d{5}(?:18[5-9]\d|19\d\d|20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|(?:1[1-9]|[2-7]\d|8[0-2]|99)\d{6}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}/;

/**
 * Whether a text holds a citizen ID number, of 18 or of 15 characters, in any disguise: split by spaces or hyphens, or
 * inside a longer run. Strict enough to take some other long numbers for one, so it is for what a person writes (a
 * purpose, a case number, a URL), not for identifiers that a program makes.
 */
export const hidesCitizenId = (text: string): boolean => WITHIN.test(text.normalize('NFKC').replace(SEPARATORS, ''));
