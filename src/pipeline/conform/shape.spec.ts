import { describe, expect, it } from '@jest/globals';
import { shapeOf } from './shape.js';

describe('shapes', () => {
  it.each([
    [undefined, 'absent'],
    [null, 'null'],
    ['', 'string(0)'],
    ['990101195001010010', 'string(18) digits'],
    ['990101**********26', 'string(18) digits+stars'],
    ['张 san', 'string(5) letters+han+spaces'],
    [123, 'number(3)'],
    [true, 'boolean(4)'],
    [[1, 2], 'array(2)'],
    [{ a: 1 }, 'object(1)'],
  ])('%j is %s', (value, shape) => {
    expect(shapeOf(value)).toBe(shape);
  });
});
