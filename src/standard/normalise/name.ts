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

/** Blanks go and dots become one kind wherever a Chinese character stands on a side. */
function closeGaps(text: string): string {
  let kept = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    const near = isHanOrDot(text.charCodeAt(i - 1)) || isHanOrDot(text.charCodeAt(i + 1));
    if (char === ' ' && near) continue;
    if (near && DOTS.test(char)) {
      if (!kept.endsWith('·')) kept += '·';
      continue;
    }
    kept += char;
  }
  return kept;
}

const isHanOrDot = (code: number): boolean => isHan(code) || code === 0xb7;
