import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { splitSecrets, type AdapterManifest } from '../../src/pipeline/adapter-kit/index.js';
import { loadAdapter } from '../../src/pipeline/conform/index.js';
import { addSource, startSync } from '../../src/pipeline/sync/index.js';
import type { Keyring } from '../../src/platform/keys/index.js';
import { built, ROOT } from './built.js';
import type { TestDatabase } from './postgres.js';
import { until } from './until.js';

export type TownSource = 'property' | 'telecom' | 'police' | 'civil';
export const TOWN_SOURCES: readonly TownSource[] = ['police', 'civil', 'telecom', 'property'];

/** What `town.json` says, as any reader of the file sees it. */
export interface TownFile {
  seed: number;
  people: number;
  processes: Record<TownSource, number>;
  sources: Record<TownSource, { adapter: string; settings: Record<string, unknown> }>;
}

export interface TestTown {
  file: TownFile;
  /** Writes who is who, one person a line. @returns the file. */
  truth(): Promise<string>;
  stop(): Promise<void>;
}

/** The demo town as its own program, in a directory of its own. */
export async function testTown(directory: string, options: { seed: number; people: number }): Promise<TestTown> {
  mkdirSync(directory, { recursive: true });
  const program = built('town/main.js');
  const words = [
    program,
    'start',
    '--dir',
    directory,
    '--seed',
    String(options.seed),
    '--people',
    String(options.people),
  ];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'ignore', 'pipe'] });
  let talk = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (talk = (talk + text).slice(-4000)));
  const exited = ended(child);
  const file = join(directory, 'town.json');
  await until(
    'the town',
    () => {
      if (child.exitCode !== null) throw new Error(`the town did not start:\n${talk}`);
      return existsSync(file);
    },
    { seconds: 300 },
  );
  return {
    file: JSON.parse(readFileSync(file, 'utf8')) as TownFile,
    truth: async () => {
      const out = join(directory, 'truth.ndjson');
      const teller = spawn(process.execPath, [program, 'truth', '--dir', directory, '--ndjson'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      await pipeline(teller.stdout, createWriteStream(out));
      return out;
    },
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

const ended = (child: ChildProcess): Promise<void> => new Promise((done) => child.once('exit', () => done()));

/** Adds the town's four systems to a database and queues a run for each of their streams. */
export async function addTown(db: TestDatabase, keyring: Keyring, town: TownFile): Promise<void> {
  await db.database.withContext('worker', { actor: 'test' }, async (tx) => {
    for (const id of TOWN_SOURCES) {
      const { adapter: name, settings: all } = town.sources[id];
      const adapter = loadAdapter<AdapterManifest & Record<string, unknown>>(join(ROOT, 'adapters', name));
      const { settings, secrets } = splitSecrets(adapter.manifest, all);
      await addSource(tx, keyring, {
        id,
        adapter,
        settings,
        secrets,
        demo: true,
        scheduleSeconds: null,
        actor: 'test',
      });
      await startSync(tx, { source: id, actor: 'test' });
    }
  });
}

/** Runs that did not end green. */
export async function badRuns(db: TestDatabase): Promise<string[]> {
  const rows = await db.admin<{ text: string }>(
    `SELECT concat_ws(' ', r.source, s.name, r.state, r.error_code) AS text FROM control.sync_run r JOIN control.stream s ON s.id = r.stream
     WHERE r.state <> 'SUCCEEDED' OR r.balanced IS DISTINCT FROM true`,
  );
  return rows.map((row) => row.text);
}
