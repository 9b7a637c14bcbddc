import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openRuntime } from '../../src/app/runtime/open-runtime.js';
import { startGateway } from '../../src/app/runtime/start-gateway.js';
import { telemetryOf } from '../../src/app/runtime/telemetry.js';
import { readConfig } from '../../src/platform/config/index.js';
import type { Database, OpenTx, Sql } from '../../src/platform/database/index.js';
import { uuidv7 } from '../../src/platform/kernel/index.js';
import { ProgressBoard } from '../../src/platform/telemetry/index.js';
import { RESIDENT_QUERY } from './resident-query.js';

/** One statement as the gateway sent it. */
interface Statement {
  sql: Sql;
  params: readonly unknown[] | undefined;
}

/**
 * The yardstick of the query bench: the very statements that the gateway sends for one question, in the same kind of
 * transaction with the same evidence insert, behind bare node:http. They are recorded from a gateway in this process.
 */
const [token, id] = process.argv.slice(2);
const config = { ...readConfig(), port: 0 };
const runtime = await openRuntime(config);
const recorded: Statement[] = [];
const recording = new Proxy(runtime.database, {
  get(target, name) {
    if (name !== 'begin') {
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    }
    return async (...args: Parameters<Database['begin']>): Promise<OpenTx> => {
      const tx = await target.begin(...args);
      return {
        ...tx,
        query: (sql, params) => {
          recorded.push({ sql, params });
          return tx.query(sql, params);
        },
      };
    };
  },
});
const gateway = await startGateway({
  runtime: { ...runtime, database: recording },
  roles: ['api'],
  board: new ProgressBoard(),
  telemetry: telemetryOf(runtime),
});
const answer = await fetch(`${gateway.url}/graphql`, {
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    authorization: `Bearer ${token}`,
    'x-isthmus-purpose': 'assistance-eligibility',
    'x-isthmus-case': 'BENCH-1',
  },
  body: JSON.stringify({ query: RESIDENT_QUERY, variables: { id } }),
});
if (!(await answer.text()).includes('"resident":{')) throw new Error('bench: the recorded question was not answered');
await gateway.stop();
const isEvidence = ({ sql }: Statement): boolean => (typeof sql === 'string' ? sql : sql.text).includes('ledger.event');
const statements = recorded.slice();

const serve = async (withEvidence: boolean): Promise<number> => {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      void runtime.database
        .withContext(
          'app',
          { actor: 'bench' },
          async (tx) => {
            const rows: unknown[] = [];
            for (const statement of statements) {
              if (!isEvidence(statement)) rows.push((await tx.query(statement.sql, statement.params)).rows);
              else if (withEvidence) await tx.query(statement.sql, [uuidv7(), ...statement.params!.slice(1)]);
            }
            return rows;
          },
          { isolation: 'REPEATABLE READ' },
        )
        .then((rows) => {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(rows));
        });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
};
process.stdout.write(
  `${JSON.stringify({ statements: statements.length, evidence: await serve(true), plain: await serve(false) })}\n`,
);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
