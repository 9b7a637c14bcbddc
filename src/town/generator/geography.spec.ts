import { describe, expect, it } from '@jest/globals';
import { ADDRESS_STYLES, addressText, DWELLINGS_PER_ESTATE, Geography } from './geography.js';
import { MOST_PEOPLE } from './town.js';

describe('the map', () => {
  /** A town of the largest size has about this many estates. */
  const estates = Math.ceil((MOST_PEOPLE / 2.55) * 1.12) / DWELLINGS_PER_ESTATE;
  const map = new Geography(1, Math.ceil(estates));

  it('names every estate differently, since an address is told by its estate', () => {
    const names = Array.from({ length: map.estates }, (_, index) => map.estate(index).name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('stays within the numbers that streets and communities have', () => {
    const last = map.estate(map.estates - 1);
    expect(last.communityCode).toMatch(/^9901010\d{2}[01]\d{2}$/);
    expect(new Set(Array.from({ length: 99 }, (_, at) => map.estate(at * 40).streetName)).size).toBeGreaterThan(40);
  });

  it('gives every dwelling one address, and writes it in equivalent ways', () => {
    const texts = Array.from({ length: DWELLINGS_PER_ESTATE * 6 }, (_, slot) => addressText(map.dwelling(slot)));
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts[0]).toMatch(/^测试省测试市测试区.+街道.+\d+号.+1幢1单元101室$/);
    const ways = Array.from({ length: ADDRESS_STYLES }, (_, style) => addressText(map.dwelling(7), style));
    expect(new Set(ways).size).toBe(ADDRESS_STYLES);
  });
});
