const STAR = 0x2a;

/** Blank in any of the forms sources write: ASCII and control, no-break, ideographic, zero-width, byte-order mark. */
export function isBlank(code: number): boolean {
  return (
    code <= 0x20 ||
    code === 0x7f ||
    code === 0xa0 ||
    code === 0x3000 ||
    (code >= 0x2000 && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202f) ||
    code === 0x205f ||
    code === 0x2060 ||
    code === 0xfeff
  );
}

/** Full-width letters, digits and signs to their ASCII forms (U+FF01–U+FF5E); other characters stay. */
export function foldWidth(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xff01 && code <= 0xff5e) return foldFrom(text, i);
  }
  return text;
}

function foldFrom(text: string, start: number): string {
  let folded = text.slice(0, start);
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    folded += code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : text[i]!;
  }
  return folded;
}

/** Every blank removed and full-width forms folded: for numbers and addresses, where blanks carry no meaning. */
export function compact(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code > 0x20 && code < 0x7f) || (code >= 0x4e00 && code <= 0x9fff)) continue;
    if (isBlank(code) || (code >= 0xff01 && code <= 0xff5e)) return compactFrom(text, i);
  }
  return text;
}

function compactFrom(text: string, start: number): string {
  let kept = text.slice(0, start);
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isBlank(code)) continue;
    kept += code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : text[i]!;
  }
  return kept;
}

/** Trimmed, in NFC, inner blanks collapsed to one space. Ordinary Chinese and ASCII text without blanks comes back as it is. */
export function tidy(text: string): string {
  let plain = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x20 && code < 0x7f) continue;
    if (code >= 0x4e00 && code <= 0x9fff) continue;
    if (code >= 0xff01 && code <= 0xff5e) continue;
    plain = false;
    break;
  }
  if (plain) return text;
  const composed = text.normalize('NFC');
  let kept = '';
  let gap = false;
  for (let i = 0; i < composed.length; i++) {
    if (isBlank(composed.charCodeAt(i))) {
      gap = kept !== '';
      continue;
    }
    if (gap) kept += ' ';
    gap = false;
    kept += composed[i]!;
  }
  return kept;
}

/** True where a decoder had to give up a character (U+FFFD): the text is damaged beyond repair. */
export const hasReplacement = (text: string): boolean => text.includes('\ufffd');

/** True when a star stands in the text: the source masks what it gives. */
export function isMasked(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === STAR || code === 0xff0a || code === 0x2217 || code === 0x204e) return true;
  }
  return false;
}

/** A private-use code point: police systems used them for rare characters before Unicode had them. */
export function hasPrivateUse(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xe000 && code <= 0xf8ff) return true;
    // Planes 15 and 16: high surrogates DB80–DBFF.
    if (code >= 0xdb80 && code <= 0xdbff) return true;
  }
  return false;
}

/** A Han character of the basic block; enough to tell Chinese names and words from Latin ones. */
export const isHan = (code: number): boolean =>
  (code >= 0x3400 && code <= 0x9fff) || (code >= 0xd840 && code <= 0xdfff) || (code >= 0xe000 && code <= 0xfaff);
