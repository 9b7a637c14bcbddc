/** Further facts that a normaliser learned, for example the birth date that an ID number carries. */
export type Extra = Readonly<Record<string, string | boolean>>;

/**
 * What a normaliser made of one text.
 * VALUE: `value` is the canonical form · EMPTY: the source says "nothing" · MASKED_AT_SOURCE: `value` is the masked text ·
 * INVALID: `reason` is a word of our own, never a part of the text.
 */
export type NormaliseResult =
  | { state: 'VALUE'; value: string; extra?: Extra }
  | { state: 'EMPTY'; value?: undefined }
  | { state: 'MASKED_AT_SOURCE'; value?: string }
  | { state: 'INVALID'; reason: string };

/** A normaliser as mapping files call it: by name, with an optional argument. */
export type Normaliser = (text: string, argument?: string) => NormaliseResult;

export const EMPTY: NormaliseResult = Object.freeze({ state: 'EMPTY' });
export const value = (text: string): NormaliseResult => ({ state: 'VALUE', value: text });
export const invalid = (reason: string): NormaliseResult => ({ state: 'INVALID', reason });
export const masked = (text: string): NormaliseResult => ({ state: 'MASKED_AT_SOURCE', value: text });
