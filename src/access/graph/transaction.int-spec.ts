import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/kit/postgres.js';
import { append } from '../../platform/ledger/index.js';
import { MemoryPorts } from './fixtures/memory-ports.fixture.js';
import { type Answer, startGraph, type TestGraph } from './fixtures/start-graph.fixture.js';
import type { GraphContext } from './graph-context.js';
import { type ResolverMap, Subgraph, type SubgraphClass } from './subgraph.decorator.js';

let between: () => Promise<unknown> = async () => undefined;

@Subgraph({
  name: 'counting',
  typeDefs: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
    type Query { first: Count second: Count wrong: String slow: String deadly: String }
    type Mutation { add(key: String!): Count }
    type Count @key(fields: "id") { id: ID! backend: Int snapshot: String rows: Int isolation: String }`,
})
class CountingSubgraph implements SubgraphClass {
  resolvers(): ResolverMap {
    const count = async (id: string, { tx }: GraphContext) => {
      const { rows } = await tx.query<{ backend: number; snapshot: string; rows: number; isolation: string }>(
        `SELECT pg_backend_pid() AS backend, pg_current_snapshot()::text AS snapshot,
                (SELECT count(*)::int FROM data.subject_key) AS rows, current_setting('transaction_isolation') AS isolation`,
      );
      return { id, ...rows[0] };
    };
    return {
      Query: {
        first: async (_: unknown, __: unknown, context: GraphContext) => {
          const counted = await count('1', context);
          await between();
          return counted;
        },
        second: async (_: unknown, __: unknown, context: GraphContext) => {
          await context.tx.query('SELECT pg_sleep(0.02)');
          return count('2', context);
        },
        wrong: (_: unknown, __: unknown, { tx }: GraphContext) =>
          tx.query('SELECT secret_column FROM data.subject_key'),
        slow: (_: unknown, __: unknown, { tx }: GraphContext) => tx.query('SELECT pg_sleep(30)'),
        deadly: (_: unknown, __: unknown, { tx }: GraphContext) =>
          tx.query('SELECT pg_terminate_backend(pg_backend_pid())'),
      },
      Mutation: {
        add: async (_: unknown, { key }: { key: string }, context: GraphContext) => {
          await context.tx.query(
            `INSERT INTO control.api_token (id, digest, role, unit, person) VALUES ($1, $2, 'vendor', 'u', 'p')`,
            [key, Buffer.from(key)],
          );
          return count(key, context);
        },
      },
      Count: { __resolveReferences: (all) => all },
    };
  }
}

describe('an operation on a real database', () => {
  let db: TestDatabase;
  let graph: TestGraph;
  beforeAll(async () => {
    db = await testDatabase();
    const ports = new MemoryPorts();
    graph = await startGraph(
      {
        transactions: db.database,
        limits: { deadlineMs: 4_000 },
        evidence: {
          append: async (tx, event) => {
            const { actor, operationId, fields, subjects } = event;
            const operation = event.operation.join(' ');
            if (event.decision === 'allowed')
              await append(tx, {
                code: 'QUERY_ANSWERED',
                actor: actor!,
                operation,
                operationId,
                fields,
                subjects,
                decision: 'ALLOW',
              });
            else
              await append(tx, {
                code: 'QUERY_FAILED',
                actor: actor!,
                operation,
                operationId,
                reason: event.errorCode ?? 'INTERNAL',
              });
          },
        },
      },
      [CountingSubgraph],
      ports,
    );
  });
  afterAll(async () => {
    await graph?.close();
    await db?.close();
  });
  beforeEach(() => {
    between = async () => undefined;
  });
  const rowsOf = async ({ body }: Answer): Promise<string[]> => {
    const id = (body.extensions?.operationId ?? body.errors[0].extensions.requestId) as string;
    return (
      await db.admin<{ code: string }>(
        `SELECT code FROM ledger.event WHERE convert_from(body, 'UTF8')::jsonb ->> 'operationId' = $1`,
        [id],
      )
    ).map(({ code }) => code);
  };

  it('sees one snapshot on one connection, whatever others commit meanwhile', async () => {
    between = () => db.admin(`INSERT INTO data.subject_key VALUES ('police', gen_random_uuid()::text, '\\x00')`);
    const fields = '{ backend snapshot rows isolation }';
    const answer = await graph.ask(`{ second ${fields} first ${fields} }`);
    const { first, second } = answer.body.data;
    expect(first).toEqual(second);
    expect(first.isolation).toBe('repeatable read');
    expect(await rowsOf(answer)).toEqual(['QUERY_ANSWERED']);
    const later = await graph.ask(`{ first ${fields} }`);
    expect(later.body.data.first.rows).toBe(first.rows + 1);
  });

  it('lets nothing leave when the ledger refuses', async () => {
    await db.admin('REVOKE INSERT ON ledger.event FROM isthmus_app');
    const answer = await graph.ask('{ first { rows } }');
    const undone = await graph.ask('mutation { add(key: "unaudited") { id } }');
    await db.admin('GRANT INSERT ON ledger.event TO isthmus_app');
    for (const { body, text } of [answer, undone]) {
      expect(body.errors[0].extensions.code).toBe('AUDIT_UNAVAILABLE');
      expect(body.data).toBeUndefined();
      expect(text).not.toMatch(/permission|ledger|relation/);
    }
    expect(await db.admin(`SELECT 1 FROM control.api_token WHERE id = 'unaudited'`)).toEqual([]);
  });

  it.each([
    ['wrong', 'INTERNAL'],
    ['deadly', 'INTERNAL'],
    ['slow', 'LIMIT_EXCEEDED'],
  ])('throws the whole answer away after %s SQL', async (field, code) => {
    const answer = await graph.ask(`{ first { rows } ${field} }`);
    expect(answer.body.errors[0].extensions.code).toBe(code);
    expect(answer.body.data).toBeUndefined();
    expect(answer.text).not.toMatch(/secret_column|pg_|terminat/);
    expect(await rowsOf(answer)).toEqual(['QUERY_FAILED']);
  });

  it('commits a mutation together with its row', async () => {
    const answer = await graph.ask('mutation { add(key: "t1") { id } }');
    expect([answer.body.data, await rowsOf(answer)]).toEqual([{ add: { id: 't1' } }, ['QUERY_ANSWERED']]);
    expect(await db.admin(`SELECT 1 FROM control.api_token WHERE id = 't1'`)).toHaveLength(1);
  });

  it('serves many more operations at once than there are connections, and keeps none', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => graph.ask('{ first { backend } second { backend } }')),
    );
    for (const { body } of answers) {
      expect(body.errors).toBeUndefined();
      expect(body.data.first.backend).toBe(body.data.second.backend);
    }
    const idle = await db.admin<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'isthmus-app' AND state LIKE 'idle in transaction%'`,
    );
    expect(idle).toEqual([{ n: 0 }]);
  });
});
