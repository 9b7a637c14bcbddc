import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMariadb, startMariadb } from '../../src/pipeline/adapter-kit/connectors/sql/testing.js';

export interface TestMariadb {
  port: number;
  /** Runs statements as root, one by one, on one connection. */
  run(...statements: string[]): Promise<void>;
  close(): Promise<void>;
}

/** Whether MariaDB is installed. Where it is not, suites skip with one line; with CI=true that is a failure. */
export function mariadbInstalled(what: string): boolean {
  if (findMariadb()) return true;
  if (process.env['CI'] === 'true') throw new Error('CI=true and no mariadbd: nothing may be skipped');
  process.stderr.write(`skipped: ${what} (mariadb-server is not installed)\n`);
  return false;
}

/** A MariaDB of its own on a free port, in a temporary directory that `close` removes. */
export async function testMariadb(): Promise<TestMariadb> {
  const home = mkdtempSync(join(tmpdir(), 'isthmus-mariadb-'));
  const server = await startMariadb(findMariadb()!, home);
  return {
    port: server.port,
    run: server.run,
    close: async () => {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
