import { describe, expect, it } from '@jest/globals';
import { hidesCitizenId } from './identifier-shape.js';

describe('a hidden citizen ID number', () => {
  it.each([
    '990101880902295',
    '990101 19880902 2958',
    '990101-198809022958',
    '990101.1988_0902—295x',
    [...'990101198809022958'].join(' '),
    [...'990101198809022958'].join('\u200b'),
    '990101198８０９022958',
    'A990101198809022958B',
    '9901011988090229581',
  ])('is found in %j', (text) => expect(hidesCitizenId(text)).toBe(true));

  it.each(['DEMO-2026-001', '2026-017', '民救2026第0123号', 'elderly-care C-1', '2026-11-24T12:00:00Z', '13900000002'])(
    'is not seen in %j',
    (text) => expect(hidesCitizenId(text)).toBe(false),
  );
});
