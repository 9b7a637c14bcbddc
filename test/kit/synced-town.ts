import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitSecrets, type AdapterManifest } from '../../src/pipeline/adapter-kit/index.js';
import { loadAdapter } from '../../src/pipeline/conform/index.js';
import { LinkService } from '../../src/pipeline/link/index.js';
import { addSource, runStream, startSync, type Engine } from '../../src/pipeline/sync/index.js';
import { UnifyService } from '../../src/pipeline/unify/index.js';
import { systemClock } from '../../src/platform/kernel/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import { built, ROOT } from './built.js';
import { testDatabase, type TestDatabase } from './postgres.js';
import { until } from './until.js';

export interface SyncedTown {
  db: TestDatabase;
  keyring: Keyring;
  keysDir: string;
  close(): Promise<void>;
}

interface TownFile {
  supervisor: number;
  sources: Record<string, { adapter: string; settings: Record<string, unknown> }>;
}

/**
 * A database filled the way the product fills it: the town's four systems answer on their own protocols, the bundled
 * adapters read them, link and unify run. The town has stopped when this returns; what it said is there.
 */
export async function syncedTown(options: { people: number; seed: number }): Promise<SyncedTown> {
  const db = await testDatabase();
  const keysDir = join(db.home, 'keys');
  const keyring = await Keyring.open(keysDir);
  const town = launch(join(db.home, 'town'), options);
  try {
    const { sources } = await town.answering();
    await Promise.all(
      Object.entries(sources).map(([id, { adapter, settings }]) => add(db, keyring, id, adapter, settings)),
    );
    for (const id of Object.keys(sources)) await sync(db, keyring, id);
  } finally {
    await town.stop();
  }
  await new LinkService(db.database, keyring).drain();
  await new UnifyService(db.database).drain();
  return { db, keyring, keysDir, close: () => db.close() };
}

function launch(
  directory: string,
  { people, seed }: { people: number; seed: number },
): { answering(): Promise<TownFile>; stop(): Promise<void> } {
  const words = ['start', '--people', String(people), '--seed', String(seed), '--dir', directory];
  const child: ChildProcess = spawn(process.execPath, [built('town/main.js'), ...words], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  const file = join(directory, 'town.json');
  const look = (): TownFile | null => {
    if (child.exitCode !== null) throw new Error(`the town did not start:\n${said}`);
    const found = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TownFile) : null;
    return found?.supervisor === child.pid ? found : null;
  };
  return {
    answering: () => until('the town to answer', look, { seconds: 120 }),
    stop: async () => {
      child.stdin!.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function add(
  db: TestDatabase,
  keyring: Keyring,
  id: string,
  name: string,
  all: Record<string, unknown>,
): Promise<void> {
  const adapter = loadAdapter<AdapterManifest & Record<string, unknown>>(join(ROOT, 'adapters', name));
  const { settings, secrets } = splitSecrets(adapter.manifest, all);
  await db.database.withContext('worker', { actor: 'test' }, (tx) =>
    addSource(tx, keyring, { id, adapter, settings, secrets, demo: true, scheduleSeconds: null, actor: 'test' }),
  );
}

/** Runs every stream of a source to its end. @throws Error when one did not succeed in balance. */
async function sync(db: TestDatabase, keyring: Keyring, source: string): Promise<void> {
  const engine: Engine = {
    database: db.database,
    keyring,
    clock: systemClock,
    pageSize: 500,
    leaseSeconds: 30,
    owner: 'test',
  };
  const runs = await db.database.withContext('worker', { actor: 'test' }, (tx) =>
    startSync(tx, { source, actor: 'test' }),
  );
  for (const { run } of runs) await runStream(engine, run, new AbortController().signal);
  const bad = await db.admin(
    `SELECT source, state, balanced, error_code FROM control.sync_run WHERE id = ANY($1) AND NOT (state = 'SUCCEEDED' AND balanced)`,
    [runs.map(({ run }) => run)],
  );
  if (bad.length) throw new Error(`not synced: ${JSON.stringify(bad)}`);
}
