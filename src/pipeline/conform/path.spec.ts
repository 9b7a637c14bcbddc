import { describe, expect, it } from '@jest/globals';
import { parsePath } from './path.js';

const row = {
  id: 7,
  a: { b: { c: 'deep' }, n: null },
  list: [{ c: 'first' }, { c: 'second' }],
  medium: [
    { type: 'email', value: 'x' },
    { type: 'phone', value: 'y' },
  ],
  'odd.name': 'odd',
  姓名: '张',
};

describe('paths', () => {
  it.each([
    ['id', 7, '/id'],
    ['a.b.c', 'deep', '/a/b/c'],
    ['a.n', null, '/a/n'],
    ['list[1].c', 'second', '/list/1/c'],
    ['medium[?type=phone].value', 'y', '/medium/1/value'],
    ["['odd.name']", 'odd', '/odd.name'],
    ["a['b'].c", 'deep', '/a/b/c'],
    ['姓名', '张', '/姓名'],
  ])('%s', (text, value, pointer) => {
    const path = parsePath(text);
    expect(path?.read(row)).toBe(value);
    expect(path?.pointer(row)).toBe(pointer);
  });

  it.each(['missing', 'a.x.c', 'id.b', 'list[9].c', 'medium[?type=fax].value', 'list.c', 'a[0]'])(
    '%s is absent',
    (text) => {
      expect(parsePath(text)?.read(row)).toBeUndefined();
    },
  );

  it('points to the list when no item matches, and escapes names', () => {
    expect(parsePath('medium[?type=fax].value')?.pointer(row)).toBe('/medium');
    expect(parsePath("['a/b~c']")?.pointer({})).toBe('/a~1b~0c');
  });

  it.each([
    '',
    '.',
    'a..b',
    'a.',
    '[0]',
    '[?a=b].c',
    'a[b]',
    "a['']",
    'a]b',
    '__proto__',
    'a.constructor',
    'a[?__proto__=1].b',
  ])('%j is no path', (text) => {
    expect(parsePath(text)).toBeNull();
  });
});
