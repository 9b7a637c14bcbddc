import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TownFile } from './cli/town-file.js';
import { ended, processRuns, RunningTown, until } from './testing/running-town.js';

const SIZE = ['--people', '300', '--seed', '7'];

describe('the town as a program', () => {
  let town: RunningTown;
  let first: TownFile;
  beforeAll(async () => {
    town = new RunningTown();
    town.launch(...SIZE);
    first = await town.answering();
  });
  afterAll(() => town.clear());

  it('writes town.json for its owner only, with four living processes', () => {
    expect(statSync(join(town.dir, 'town.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(town.dir, 'settings.json')).mode & 0o777).toBe(0o600);
    expect(first).toMatchObject({ seed: 7, people: 300, asOf: '2026-11-01' });
    expect(first.pids.every(processRuns)).toBe(true);
    expect(Object.keys(first.sources)).toEqual(['property', 'telecom', 'police', 'civil']);
  });

  it('leaves a stopped system stopped and the others running, until a second start revives it', async () => {
    process.kill(first.processes.telecom, 'SIGKILL');
    await until(() => town.stderr.includes('telecom  is gone'), 'the note that telecom is gone');
    expect(processRuns(first.processes.civil)).toBe(true);
    expect(town.run('status', '--json').stdout).toContain(
      '"name":"telecom","pid":' + first.processes.telecom + ',"running":false',
    );
    const again = town.run('start', ...SIZE);
    expect(again).toMatchObject({ status: 0, stdout: '' });
    const now = town.file()!;
    expect(now.processes.telecom).not.toBe(first.processes.telecom);
    expect(now.processes.civil).toBe(first.processes.civil);
    expect(now.sources.telecom.settings).toEqual(first.sources.telecom.settings);
  });

  it('prints who is who as one document of a person a line', () => {
    const { stdout } = town.run('truth', '--json');
    const document = JSON.parse(stdout) as { truth: unknown[] };
    const lines = town.run('truth', '--ndjson').stdout.trim().split('\n');
    expect(document.truth.filter((person) => typeof (person as { person: unknown }).person === 'number')).toHaveLength(
      300,
    );
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(document.truth);
    expect(
      stdout
        .trim()
        .split('\n')
        .slice(1, -1)
        .map((line) => JSON.parse(line.replace(/,$|^,/, '')) as unknown),
    ).toEqual(document.truth);
    expect(town.run('truth').stdout).toContain('300 people');
  });

  it('refuses another seed or size, naming the cure', () => {
    for (const other of [
      ['--people', '301', '--seed', '7'],
      ['--people', '300', '--seed', '8'],
    ]) {
      const { status, stderr, stdout } = town.run('start', ...other);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('TOWN_OTHER');
      expect(stderr).toContain('town remove');
    }
    expect(town.run('start', '--people', '0')).toMatchObject({ status: 2 });
    expect(town.run('dance')).toMatchObject({ status: 2 });
  });

  it('stops with everything it started, and resumes on the same data and ports', async () => {
    const before = town.file()!;
    expect(town.run('stop').status).toBe(0);
    await until(() => !before.pids.some(processRuns), 'the end of all systems');
    expect(town.file()).toBeNull();
    town.stderr = '';
    const child = town.launch(...SIZE);
    const after = await town.answering();
    expect(town.stderr).not.toContain('owners');
    expect(after.sources).toEqual(before.sources);
    child.kill('SIGKILL');
    await ended(child);
    await until(() => !after.pids.some(processRuns), 'the end of the systems of a killed main process');
    const third = town.launch(...SIZE);
    await town.answering();
    third.stdin!.end();
    await ended(third);
    expect(third.exitCode).toBe(0);
  });

  it('removes its directory only when told so', () => {
    expect(town.run('remove')).toMatchObject({ status: 1 });
    expect(readdirSync(town.dir)).toContain('settings.json');
    expect(town.run('remove', '--yes')).toMatchObject({ status: 0 });
    expect(town.run('status').stderr).toContain('TOWN_NONE');
  });
});
