import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitSecrets, type AdapterManifest, type SourceRow } from '../../src/pipeline/adapter-kit/index.js';
// The exam's stand-in sources: they speak each adapter's protocol and share no code with the connectors.
import { startUpstream, type Upstream } from '../../src/pipeline/adapter-kit/exam/upstream/index.js';
import { loadAdapter, parseAdapter } from '../../src/pipeline/conform/index.js';
import { addSource, runStream, startSync, type Engine } from '../../src/pipeline/sync/index.js';
import { Keyring } from '../../src/platform/keys/index.js';
import { systemClock } from '../../src/platform/kernel/index.js';
import { ROOT } from './built.js';
import type { TestDatabase } from './postgres.js';

type Run = Record<string, unknown>;

/** A bundled adapter, a source of its protocol that holds what the test says, and the engine between them. */
export interface TrapBench {
  db: TestDatabase;
  keyring: Keyring;
  /** The first fixture of a stream with some fields changed. */
  row(stream: string, changes?: SourceRow): SourceRow;
  /** The stream holds these rows from now on. */
  serve(stream: string, rows: readonly SourceRow[]): Promise<void>;
  /** Syncs every stream. @returns the runs' rows by stream. */
  sync(): Promise<Record<string, Run>>;
  /** Live rows of a standard table, by key. */
  live(table: string): Promise<Run[]>;
  /** Reasons and places of what waits in quarantine. */
  quarantine(): Promise<string[]>;
  close(): Promise<void>;
}

let databases = 0;

/** @param server where the bench's database is made; the caller closes it. */
export async function trapBench(adapter: string, server: TestDatabase): Promise<TrapBench> {
  const directory = join(ROOT, 'adapters', adapter);
  const db = await server.another(`trap_${++databases}`);
  const keyring = await Keyring.open(join(db.home, 'keys'));
  const loaded = loadAdapter<AdapterManifest & Record<string, unknown>>(directory);
  const upstream: Upstream = await startUpstream(loaded.manifest, directory);
  const { settings, secrets } = splitSecrets(loaded.manifest, upstream.settings);
  const mapping = readFileSync(join(directory, 'mapping.yaml'));
  await db.database.withContext('worker', { actor: 'test' }, (tx) =>
    addSource(tx, keyring, {
      id: 'trap',
      adapter: parseAdapter(Buffer.from(JSON.stringify(upstream.manifest)), mapping),
      ...{ settings, secrets, demo: false, scheduleSeconds: null, actor: 'test' },
    }),
  );
  const engine: Engine = {
    ...{ database: db.database, keyring, clock: systemClock, pageSize: 100, leaseSeconds: 30, owner: 'test' },
  };
  const row: TrapBench['row'] = (stream, changes = {}) => {
    const file = join(directory, 'fixtures', `${stream}.input.json`);
    return { ...(JSON.parse(readFileSync(file, 'utf8')) as SourceRow[])[0]!, ...changes };
  };
  // A source always has something in every stream; streams that a test does not speak of hold their first fixture.
  for (const { name } of loaded.manifest.streams) await upstream.serve(name, [row(name)]);
  return {
    ...{ db, keyring, row },
    serve: (stream, rows) => upstream.serve(stream, rows),
    sync: async () => {
      const runs = await db.database.withContext('worker', { actor: 'test' }, (tx) =>
        startSync(tx, { source: 'trap', actor: 'test' }),
      );
      const found: Record<string, Run> = {};
      for (const { run } of runs) {
        await runStream(engine, run, new AbortController().signal);
        const [ended] = await db.admin(
          `SELECT r.*, s.name FROM control.sync_run r JOIN control.stream s ON s.id = r.stream WHERE r.id = $1`,
          [run],
        );
        found[ended!['name'] as string] = ended!;
      }
      return found;
    },
    live: (table) => db.admin(`SELECT * FROM data.${table} WHERE gone_run IS NULL ORDER BY key, part`),
    quarantine: async () =>
      (
        await db.admin<{ text: string }>(
          `SELECT reason || ' ' || pointer AS text FROM data.quarantine WHERE resolved_at IS NULL ORDER BY 1`,
        )
      ).map(({ text }) => text),
    close: async () => {
      await upstream.close();
      await db.close();
    },
  };
}
