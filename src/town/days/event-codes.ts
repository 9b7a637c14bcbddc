import type { Changes } from './changes.js';
import { eventRandom } from './draw.js';
import { CODE_EVERY, CODE_FIRST, ESTATES_PER_CODE } from './kinds.js';

/** Every other month the division code of a community is replaced by one that no list knows yet. */
export function changeCodes(changes: Changes): void {
  if (changes.day % CODE_EVERY !== CODE_FIRST) return;
  const { geography } = changes.town;
  const random = eventRandom(changes);
  for (let turn = 0; turn < Math.ceil(geography.estates / ESTATES_PER_CODE); turn++) {
    const from = changes.codeOn(geography.estate(random.below(geography.estates)).communityCode);
    const changed = changes.codes.length + 1;
    const to = `${from.slice(0, 9)}${String(500 + (changed % 500)).padStart(3, '0')}`;
    if (changes.codes.some((known) => known.to === to || known.from === from)) continue;
    changes.codes.push({ day: changes.day, from, to });
    changes.happened('divisionCode');
  }
}
