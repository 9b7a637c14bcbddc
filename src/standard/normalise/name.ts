import { foldWidth, hasPrivateUse, hasReplacement, isHan, isMasked, tidy } from './characters.js';
import { EMPTY, invalid, masked, type NormaliseResult } from './result.js';

/** The dot between the parts of a name is written in many ways; U+00B7 is the one of the standard. */
const DOTS = /[•・‧．∙⋅・᛫⸱.]/u;

/**
 * A person's name: NFC, blanks between Chinese characters removed, other blanks single, one kind of middle dot.
 * Rare characters are kept; a private-use code point is kept and flagged (`privateUse`), since only the source can say
 * which character it means. A name that lost a character (U+FFFD or `?`) is INVALID.
 */
export function normaliseName(input: string): NormaliseResult {
  if (input === '') return EMPTY;
  if (isPlainHan(input)) return isSomebody(input) ? masked(input) : { state: 'VALUE', value: input };
  if (hasReplacement(input)) return invalid('replacementCharacter');
  let text = tidy(foldWidth(input.normalize('NFC')));
  if (text === '') return EMPTY;
  text = closeGaps(text);
  if (isMasked(text)) return masked(text.replace(/[＊∗⁎]/g, '*'));
  if (isSomebody(text)) return masked(text);
  if (text.includes('?')) return invalid('lostCharacter');
  if (/\d{3}/.test(text)) return invalid('digitsInName');
  return hasPrivateUse(text)
    ? { state: 'VALUE', value: text, extra: { privateUse: true } }
    : { state: 'VALUE', value: text };
}

function isPlainHan(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x4e00 || code > 0x9fff) return false;
  }
  return true;
}

/** 张某, 张某某: masked by words. */
const isSomebody = (text: string): boolean =>
  text.length >= 2 && text.length <= 4 && text.charCodeAt(text.length - 1) === 0x67d0;

/**
 * Beside a Chinese character blanks go and a dot of any kind, with blanks around it, becomes the one middle dot; at an end
 * of the name it goes. Between Latin letters everything stays.
 */
function closeGaps(text: string): string {
  let kept = '';
  for (let i = 0; i < text.length; i++) {
    let end = i;
    let dotted = false;
    while (end < text.length && (text[end] === ' ' || isDot(text[end]!))) dotted = text[end++] !== ' ' || dotted;
    if (end === i) {
      kept += text[i]!;
      continue;
    }
    if (!isHan(text.charCodeAt(i - 1)) && !isHan(text.charCodeAt(end))) kept += text.slice(i, end);
    else if (dotted && i > 0 && end < text.length) kept += '·';
    i = end - 1;
  }
  return kept;
}

const isDot = (char: string): boolean => char === '·' || DOTS.test(char);
