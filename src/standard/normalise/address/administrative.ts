import { findCodeList } from '../../codes/code-list.js';

/** The part of an address from the province down to the community, and where the rest begins. */
export interface Administrative {
  province: string | null;
  city: string | null;
  county: string | null;
  /** 6 digits, when the county's name is known to the shipped edition. */
  countyCode: string | null;
  street: string | null;
  community: string | null;
  /** Index of the first character behind it. */
  end: number;
}

/** County names, alone and behind each of the places they lie in, to codes. Made at first use. */
let counties: Map<string, string> | undefined;

function countyCodeOf(place: string | null, county: string): string | null {
  counties ??= new Map(countyNames());
  return counties.get(place ? `${place}/${county}` : county) ?? null;
}

function* countyNames(): Generator<[string, string]> {
  const list = findCodeList('division')!;
  for (const { code, name, parent, level, validTo } of list.codes) {
    if (level !== 'county' || validTo) continue;
    yield [name, code];
    for (let at = parent && list.find(parent); at; at = at.parent && list.find(at.parent))
      yield [`${at.name}/${name}`, code];
  }
}

/** Characters that make 区 a part of a name (小区, C区, 3区, 东区) unless a province or city stands before it. */
const NOT_COUNTY = '小社园景校厂库营院片ABCDEFGHabcdefgh0123456789一二三四五六七八九十东西南北中';

/** Index of `word` in `text` from `from`, when it ends within `reach` characters; else -1. */
function within(text: string, word: string, from: number, reach: number): number {
  const index = text.indexOf(word, from);
  return index > from && index + word.length - from <= reach ? index : -1;
}

/** Reads 省, 市, 区县, 街道 or 镇 or 乡, 社区 or 村 from the left; each may be missing. */
export function readAdministrative(text: string): Administrative {
  let at = 0;
  const take = (end: number): string => {
    const part = text.slice(at, end);
    at = end;
    return part;
  };
  const province = takeProvince(text, take);
  const city = takeCity(text, at, take);
  const county = takeCounty(text, at, province !== null || city !== null, take);
  const street = takeStreet(text, at, take);
  const community = takeCommunity(text, at, take);
  // 国际都市花园 is no city: without a province, a city is one only when a county or a street follows.
  if (city && !province && !county && !street)
    return { province, city: null, county, countyCode: null, street, community: null, end: 0 };
  return {
    province,
    city,
    county,
    countyCode: county && countyCodeOf(city ?? province, county),
    street,
    community,
    end: at,
  };
}

type Take = (end: number) => string;

function takeProvince(text: string, take: Take): string | null {
  const region = within(text, '自治区', 0, 9);
  if (region > 0) return take(region + 3);
  const province = within(text, '省', 0, 5);
  return province > 0 ? take(province + 1) : null;
}

function takeCity(text: string, at: number, take: Take): string | null {
  const state = within(text, '自治州', at, 14);
  const end = state > 0 ? state + 3 : within(text, '市', at, 8) + 1;
  if (end <= at + 1) return null;
  const name = text.slice(at, end);
  return /[区县路街道号]|^[城都超集闹夜早]市/.test(name) ? null : take(end);
}

function takeCounty(text: string, at: number, afterCity: boolean, take: Take): string | null {
  for (let i = at + 1; i < Math.min(text.length, at + 9); i++) {
    const char = text[i]!;
    if (char === '路' || char === '号' || char === '弄') return null;
    if (char === '县' || char === '旗') return take(i + 1);
    if (char === '市' && afterCity) return take(i + 1);
    if (char !== '区') continue;
    const before = text[i - 1]!;
    if (before === '小' || before === '社' || before === '园' || (!afterCity && NOT_COUNTY.includes(before)))
      return null;
    return take(i + 1);
  }
  return null;
}

function takeStreet(text: string, at: number, take: Take): string | null {
  const office = within(text, '街道', at, 10);
  if (office > 0)
    return take(office + (text.startsWith('街道办事处', office) ? 5 : text.startsWith('街道办', office) ? 3 : 2));
  for (const word of ['镇', '乡']) {
    const index = within(text, word, at, 7);
    // 镇 and 乡 inside a road's or an estate's name are followed by its word.
    if (index > 0 && !/[路街巷道花新家苑园小号\d]/.test(text[index + 1] ?? '号')) return take(index + 1);
  }
  return null;
}

function takeCommunity(text: string, at: number, take: Take): string | null {
  for (const word of ['社区居委会', '社区', '居委会', '村委会', '行政村']) {
    const index = within(text, word, at, 14);
    if (index > 0) return take(index + word.length);
  }
  return null;
}
