import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitSecrets, type AdapterManifest } from '../../src/pipeline/adapter-kit/index.js';
import { parseAdapter } from '../../src/pipeline/conform/index.js';
import { addSource, runStream, startSync, type Engine } from '../../src/pipeline/sync/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import { systemClock } from '../../src/platform/kernel/index.js';
import { built, ROOT } from './built.js';
import { testDatabase, type TestDatabase } from './postgres.js';
import { testTown, TOWN_SOURCES, type TestTown, type TownFile, type TownSource } from './town.js';

/** How a stream stands after an attempt at its run. */
export interface Attempt {
  state: string;
  code: string | null;
  origin: string | null;
  /** Seconds until the next try may be made. */
  waitSeconds: number;
  row: Record<string, unknown>;
}

/** A town whose sources can be made to fail, and an engine that reads it, run by run, without a queue. */
export interface FaultBench {
  db: TestDatabase;
  town: TestTown;
  engine: Engine;
  /** From now on the source does this. */
  fault(source: TownSource, kind: string, flags?: readonly string[]): void;
  clear(): void;
  /** Starts the source by hand. @returns the runs by stream. */
  start(source: TownSource, actor?: string): Promise<Map<string, number>>;
  /** The same for one stream; the source's other runs are taken back. */
  startOne(source: TownSource, stream: string, actor?: string): Promise<number>;
  attempt(run: number): Promise<Attempt>;
  /** Attempts a run until it has ended, without waiting between them. */
  finish(run: number): Promise<Attempt>;
  /** The same after a pause of the source has passed (here: has been taken back by hand). */
  finishAfterPause(source: TownSource, run: number): Promise<Attempt>;
  /** Everything that is stored live from a source, as one text; equal texts = nothing was lost, doubled or changed. */
  digest(source: TownSource): Promise<string>;
  /** Shown as it is to the operator. */
  gate(source: TownSource): Promise<Record<string, unknown> | null>;
  close(): Promise<void>;
}

/** Deadlines short enough for a test; everything else is the adapter's own. */
const LIMITS = 'limits:\n  idleSeconds: 1\n  requestSeconds: 2\n';

export async function faultBench(options: { seed: number; people: number }): Promise<FaultBench> {
  const db = await testDatabase();
  const keyring = await Keyring.open(join(db.home, 'keys'));
  const home = join(db.home, 'town');
  const town = await testTown(home, options);
  const engine: Engine = {
    ...{ database: db.database, keyring, clock: systemClock, pageSize: 100, leaseSeconds: 30, owner: 'test' },
  };
  await addSources(db, keyring, town.file);
  const program = (...words: string[]): void => {
    const { status, stderr } = spawnSync(process.execPath, [built('town/main.js'), ...words, '--dir', home]);
    if (status !== 0) throw new Error(`town ${words.join(' ')}: ${String(stderr)}`);
  };
  const attempt = async (run: number): Promise<Attempt> => {
    await runStream(engine, run, new AbortController().signal);
    const [row] = await db.admin(
      `SELECT *, extract(epoch FROM not_before - clock_timestamp())::float8 AS wait FROM control.sync_run WHERE id = $1`,
      [run],
    );
    const wait = Number(row!['wait']);
    return {
      state: row!['state'] as string,
      code: row!['error_code'] as string | null,
      origin: row!['origin'] as string | null,
      waitSeconds: Number.isFinite(wait) ? wait : 0,
      row: row!,
    };
  };
  const start: FaultBench['start'] = async (source, actor = 'test') => {
    const runs = await db.database.withContext('worker', { actor }, (tx) => startSync(tx, { source, actor }));
    const names = await db.admin<{ id: number; name: string }>(`SELECT id, name FROM control.stream`);
    return new Map(runs.map(({ stream, run }) => [names.find(({ id }) => id === stream)!.name, run]));
  };
  const finish: FaultBench['finish'] = async (run) => {
    for (let tries = 0; ; tries++) {
      const last = await attempt(run);
      if (last.state !== 'QUEUED' || tries > 20) return last;
    }
  };
  return {
    ...{ db, town, engine, start, attempt, finish },
    startOne: async (source, stream, actor) => {
      const runs = await start(source, actor);
      const wanted = runs.get(stream)!;
      await db.admin(
        `UPDATE control.sync_run SET state = 'CANCELLED', ended_at = clock_timestamp()
         WHERE source = $1 AND id <> $2 AND state IN ('QUEUED', 'RUNNING')`,
        [source, wanted],
      );
      return wanted;
    },
    finishAfterPause: async (source, run) => {
      await db.admin(`UPDATE control.source_gate SET open_until = NULL, next_at = NULL WHERE source = $1`, [source]);
      return finish(run);
    },
    fault: (source, kind, flags = []) => program('fault', source, kind, ...flags),
    clear: () => program('fault', '--clear'),
    digest: (source) => digestOf(db, source),
    gate: async (source) =>
      (await db.admin(`SELECT * FROM control.source_gate WHERE source = $1`, [source]))[0] ?? null,
    close: async () => {
      await town.stop();
      await db.close();
    },
  };
}

async function addSources(db: TestDatabase, keyring: Keyring, town: TownFile): Promise<void> {
  await db.database.withContext('worker', { actor: 'test' }, async (tx) => {
    for (const id of TOWN_SOURCES) {
      const { adapter: name, settings: all } = town.sources[id];
      const read = (file: string): string => readFileSync(join(ROOT, 'adapters', name, file), 'utf8');
      const manifest = read('manifest.yaml')
        .replace(/^limits:\n/m, LIMITS)
        .replace(/pageSize: \d+/, 'pageSize: 100');
      const adapter = parseAdapter<AdapterManifest & Record<string, unknown>>(
        Buffer.from(manifest),
        Buffer.from(read('mapping.yaml')),
      );
      const { settings, secrets } = splitSecrets(adapter.manifest, all);
      await addSource(tx, keyring, {
        ...{ id, adapter, settings, secrets, demo: true, scheduleSeconds: null, actor: 'test' },
      });
    }
  });
}

async function digestOf(db: TestDatabase, source: string): Promise<string> {
  const tables = await db.admin<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE n.nspname = 'data' AND c.relkind = 'r' AND a.attname = 'gone_run' AND c.relname NOT LIKE '%\\_version' ORDER BY 1`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const [row] = await db.admin<{ rows: string; sum: string | null }>(
      `SELECT count(*) AS rows, md5(string_agg(d.stream || d.key || d.part || encode(d.hash, 'hex'), ',' ORDER BY d.stream, d.key, d.part)) AS sum
       FROM data.${name} d JOIN control.stream s ON s.id = d.stream WHERE s.source = $1 AND d.gone_run IS NULL`,
      [source],
    );
    if (row!.rows !== '0') parts.push(`${name} ${row!.rows} ${row!.sum}`);
  }
  return parts.join('; ');
}
