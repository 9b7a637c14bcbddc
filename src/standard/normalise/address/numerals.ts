const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const TENS: Readonly<Record<string, number>> = { 十: 10, 百: 100 };

/** True for the characters of a Chinese number up to 999. */
export function isNumeral(code: number): boolean {
  switch (code) {
    case 0x96f6: // 零
    case 0x3007: // 〇
    case 0x4e00: // 一
    case 0x4e8c: // 二
    case 0x4e24: // 两
    case 0x4e09: // 三
    case 0x56db: // 四
    case 0x4e94: // 五
    case 0x516d: // 六
    case 0x4e03: // 七
    case 0x516b: // 八
    case 0x4e5d: // 九
    case 0x5341: // 十
    case 0x767e: // 百
      return true;
    default:
      return false;
  }
}

/** 三 → 3, 十二 → 12, 二十三 → 23, 一百零一 → 101, 五〇一 → 501; undefined when the characters make no number. */
export function readNumeral(text: string): string | undefined {
  if (!text.includes('十') && !text.includes('百')) {
    let digits = '';
    for (const char of text) {
      const digit = DIGITS[char];
      if (digit === undefined) return undefined;
      digits += digit;
    }
    return digits;
  }
  let total = 0;
  let digit = -1;
  for (const char of text) {
    const ten = TENS[char];
    if (ten === undefined) {
      digit = DIGITS[char] ?? 0;
      continue;
    }
    total += (digit < 0 ? 1 : digit) * ten;
    digit = -1;
  }
  return String(total + Math.max(digit, 0));
}
