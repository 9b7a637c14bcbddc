import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../../../platform/embedded-postgres/index.js';
import type { AdapterManifest, SourceRow } from '../../contract.js';
import { asText, fieldNames, type Upstream } from './upstream.js';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const tableOf = (stream: string): string => quote(`exam_${stream}`);

/**
 * A PostgreSQL of its own with one table per stream that has the query's columns as text. The adapter's query itself
 * names the vendor's tables: paging, resuming and values are examined on `select * from` that table, the query on the empty
 * tables of the adapter's `source.sql`.
 */
export async function sqlUpstream(manifest: AdapterManifest, directory: string): Promise<Upstream> {
  const home = mkdtempSync(join(tmpdir(), 'isthmus-exam-'));
  const server = await startPostgres({ dataDir: join(home, 'pg'), password: 'exam', settings: { fsync: 'off' } });
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  await client.query("create role gateway login password 'exam'");
  const tables = readTables(directory);
  if (tables !== null) await client.query(tables);
  const settings = {
    engine: 'postgresql',
    host: '127.0.0.1',
    port: server.port,
    database: 'postgres',
    user: 'gateway',
    password: 'exam',
  };
  const streams = manifest.streams.map((stream) => ({
    ...stream,
    sql: { ...(stream['sql'] as object), select: `select * from ${tableOf(stream.name)}` },
  }));
  return {
    manifest: { ...manifest, streams },
    settings,
    refused: { ...settings, password: 'wrong' },
    serve: async (stream, rows) => {
      const names = fieldNames(rows);
      await client.query(`drop table if exists ${tableOf(stream)}`);
      await client.query(
        `create table ${tableOf(stream)} (${names.map((name) => `${quote(name)} text collate "C"`).join(', ')})`,
      );
      await client.query(`grant select on ${tableOf(stream)} to gateway`);
      const places = names.map((_, index) => `$${index + 1}`).join(', ');
      for (const row of rows)
        await client.query(
          `insert into ${tableOf(stream)} values (${places})`,
          names.map((name) => textOf(row[name])),
        );
    },
    wire: (_stream, row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, textOf(value)])),
    serveBad: async () => false,
    serveMisencoded: async () => false,
    queryColumns: async (stream) => {
      if (tables === null) return null;
      const { select } = manifest.streams.find(({ name }) => name === stream)!['sql'] as { select: string };
      const { fields } = await client.query(`select * from (${select}\n) as s where 1 = 0`);
      return fields.map(({ name }) => name);
    },
    close: async () => {
      await client.end();
      await server.stop('immediate');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** `source.sql`: the CREATE TABLE statements of the source system, in PostgreSQL's words. */
function readTables(directory: string): string | null {
  const file = join(directory, 'source.sql');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

const textOf = (value: SourceRow[string] | undefined): string | null =>
  value === null || value === undefined ? null : asText(value);
