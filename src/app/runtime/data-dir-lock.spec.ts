import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { holderOf, releaseDirectory, takeDirectory } from './data-dir-lock.js';
import { processStart } from './run-file.js';

describe('the lock of a data directory', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'isthmus-lock-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));
  const left = (words: object): void => writeFileSync(join(home, 'lock'), JSON.stringify(words));

  it('has one holder, who gives it back', () => {
    expect(takeDirectory(home, true)).toBeNull();
    expect(takeDirectory(home, false)).toEqual({ pid: process.pid, since: processStart(process.pid), program: true });
    releaseDirectory(home);
    expect(readdirSync(home)).toEqual([]);
  });

  it('left by a dead process, or by one whose number was given away, counts for nothing', () => {
    left({ pid: 2 ** 22, since: '1', program: true });
    expect(holderOf(home)).toBeNull();
    left({ pid: process.ppid, since: '1', program: true });
    expect(takeDirectory(home, false)).toBeNull();
    expect(holderOf(home)).toMatchObject({ pid: process.pid });
  });

  it('left by a killed process whom its parent has not asked after counts for nothing', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60']);
    try {
      const pid = Number(await new Promise((done) => parent.stdout.once('data', (text: Buffer) => done(String(text)))));
      const fields = (): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
      while (fields()[0] !== 'Z') await new Promise((next) => setTimeout(next, 10));
      left({ pid, since: fields()[19], program: true });
      expect(holderOf(home)).toBeNull();
      expect(takeDirectory(home, true)).toBeNull();
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it('of another process is not released', () => {
    left({ pid: process.ppid, since: processStart(process.ppid), program: true });
    releaseDirectory(home);
    expect(holderOf(home)).toMatchObject({ pid: process.ppid });
  });

  it('damaged counts for nothing', () => {
    writeFileSync(join(home, 'lock'), '{');
    expect(takeDirectory(home, true)).toBeNull();
  });
});
