import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { ROOT } from '../kit/built.js';

it('the READMEs say of the disk what the installer says', () => {
  const installer = readFileSync(join(ROOT, 'src/app/launch/install.mjs'), 'utf8');
  const of = (name: string): number => Number(new RegExp(`const ${name} = (\\d+);`).exec(installer)![1]);
  const parts = [of('PACKAGES_MB'), of('CACHE_MB'), of('DEMO_MB')];
  for (const file of ['README.md', 'README.zh-CN.md']) {
    const line = /^\| (?:disk|磁盘) .*$/m.exec(readFileSync(join(ROOT, file), 'utf8'))![0];
    const sum = parts.reduce((all, one) => all + one, 0);
    expect([file, ...line.replace('3 000', '').match(/\d+/g)!.map(Number)]).toEqual([file, sum, ...parts]);
  }
});
