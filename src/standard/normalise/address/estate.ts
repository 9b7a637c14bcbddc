import { isNumeral, readNumeral } from './numerals.js';

export interface RoadSplit {
  road: string | null;
  rest: string;
  /** True when nothing follows the road: a number behind it is a house number. */
  endsInRoad: boolean;
}

/** 路 街 巷 道 and 胡同, 弄堂, 里弄 end a road's name. */
function roadEnd(text: string): number {
  for (let i = 1; i < text.length; i++) {
    const char = text.charCodeAt(i);
    // 路 街 巷 道
    if (char === 0x8def || char === 0x8857 || char === 0x5df7 || char === 0x9053) return i + 1;
    if (char === 0x80e1 && text.charCodeAt(i + 1) === 0x540c) return i + 2; // 胡同
  }
  return 0;
}

/** 阳光路阳光花园 → road and estate; 学院路小区 is an estate's name as a whole. */
export function splitRoad(text: string): RoadSplit {
  let end = roadEnd(text);
  if (end === 0) return { road: null, rest: text, endsInRoad: false };
  // 南三路东段, 人民路北侧 still belong to the road.
  while (
    end < text.length &&
    '东西南北中一二三段侧'.includes(text[end]!) &&
    '段侧路街道巷'.includes(text[end + 1] ?? '')
  )
    end += 2;
  if (end === text.length || /^[东西南北]?[段侧]$/.test(text.slice(end)))
    return { road: text, rest: '', endsInRoad: true };
  const rest = text.slice(end);
  if (rest.length < 3 || rest.startsWith('小区') || rest.startsWith('区'))
    return { road: null, rest: text, endsInRoad: false };
  return { road: text.slice(0, end), rest, endsInRoad: false };
}

const FULL_NAMES = '园苑城府庭里村寓院湾阁轩居邸墅庄坊郡';

/** One form per estate: no signs, 一期 → 1期, and 小区 behind a name that already says what it is goes. */
export function cleanEstate(text: string): string | null {
  let plain = 0;
  while (plain < text.length && isPlain(text.charCodeAt(plain))) plain++;
  let kept = text.slice(0, plain);
  for (let i = plain; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isNumeral(code)) {
      let end = i + 1;
      while (end < text.length && isNumeral(text.charCodeAt(end))) end++;
      const next = text.charCodeAt(end);
      // 期, 区, 组
      const number =
        next === 0x671f || next === 0x533a || next === 0x7ec4 ? readNumeral(text.slice(i, end)) : undefined;
      kept += number ?? text.slice(i, end);
      i = end - 1;
    } else if (!isSign(code)) kept += text[i]!;
  }
  if (kept.length > 4 && kept.endsWith('小区') && FULL_NAMES.includes(kept[kept.length - 3]!)) kept = kept.slice(0, -2);
  if (kept === '') return null;
  return plain === text.length ? kept : kept.toUpperCase();
}

const isPlain = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff && !isNumeral(code);

const isSign = (code: number): boolean =>
  (code >= 0x20 && code <= 0x2f) ||
  (code >= 0x3a && code <= 0x40) ||
  code === 0x3001 ||
  code === 0x3002 ||
  code === 0xb7 ||
  (code >= 0x2010 && code <= 0x2015) ||
  (code >= 0x3008 && code <= 0x3011);
