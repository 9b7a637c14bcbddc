/** 18 characters whose 7th–14th are a date between 1850 and 2099, as in a citizen ID number (GB 11643-1999). */
const CITIZEN_ID =
  /(?<![0-9A-Za-z])[1-9]\d{5}(?:18[5-9]\d|19\d\d|20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/;

/**
 * Whether a text holds something shaped like a citizen ID number. The last guard of places that must never hold one
 * (logs, evidence): it knows the shape only, not whether such a number was ever given out.
 */
export const holdsCitizenIdShape = (text: string): boolean => CITIZEN_ID.test(text.normalize('NFKC'));
