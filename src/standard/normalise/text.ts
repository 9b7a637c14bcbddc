import { hasPrivateUse, hasReplacement, isMasked, tidy } from './characters.js';
import { EMPTY, invalid, masked, value, type NormaliseResult } from './result.js';

/** Free text: NFC, trimmed, blanks single. A lost character is INVALID, a private-use one is flagged. */
export function normaliseText(input: string): NormaliseResult {
  const text = tidy(input);
  if (text === '') return EMPTY;
  if (hasReplacement(text)) return invalid('replacementCharacter');
  if (isMasked(text) && /[*＊]{2}/.test(text)) return masked(text);
  return hasPrivateUse(text) ? { state: 'VALUE', value: text, extra: { privateUse: true } } : value(text);
}
