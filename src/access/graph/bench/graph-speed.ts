import { performance } from 'node:perf_hooks';
import { execute, type ExecutionResult, parse } from 'graphql';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { composeSupergraph } from '../compose.js';
import { type ExecutorKind } from '../federated-executor.js';
import { makeExecutor } from '../make-executor.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { OperationRunner, type RequestFacts } from '../operation-runner.js';
import type { GraphPorts } from '../ports.js';
import { RefusalRecorder } from '../refusal-recorder.js';
import { LocalSubgraph, type SubgraphEndpoint, type SubgraphRequest } from '../subgraph-endpoint.js';
import { buildSubgraphSchema } from '../subgraph-schema.js';

/**
 * How many times a second one resident over four in-process subgraphs is answered: through the whole runner (guard,
 * plan, evidence, commit, disclosure; the database is pretended), through the bare executor, and by one monolithic
 * schema with the same resolvers. Run it built: `node dist/access/graph/bench/graph-speed.js [seconds]`.
 */
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n';
const rows = (n: number): object[] =>
  Array.from({ length: n }, (_, i) => ({ id: `x${i}`, label: `label ${i}`, startDate: '2020-01-01' }));
const part = (field: string, type: string): [string, Record<string, never>] => [
  `${LINK} type Resident @key(fields: "id") { id: ID! ${field}: [${type}!] } type ${type} { id: ID! label: String startDate: String }`,
  {
    Resident: {
      __resolveReferences: (all: readonly { id: string }[]) => all.map(({ id }) => ({ id, [field]: rows(2) })),
    },
  } as never,
];
const PARTS: Record<string, [string, Record<string, never>]> = {
  residents: [
    `${LINK} type Query { resident(id: ID!): Resident } type Resident @key(fields: "id") { id: ID! name: String sex: String birthDate: String }`,
    {
      Query: { resident: (_: unknown, { id }: { id: string }) => ({ id, name: '张三', sex: '1', birthDate: '1990' }) },
      Resident: { __resolveReferences: (all: readonly { id: string }[]) => all },
    } as never,
  ],
  property: part('occupancies', 'Occupancy'),
  telecom: part('subscriptions', 'Line'),
  'civil-affairs': part('marriages', 'Marriage'),
};
const QUERY = parse(
  `query One($id: ID!) { resident(id: $id) { name sex birthDate occupancies { label startDate } subscriptions { label startDate } marriages { label startDate } } }`,
);

/** Documents handed to subgraphs: as many objects as fetches in the plan, however often it runs. */
const documents = new Set<unknown>();
class Counted implements SubgraphEndpoint {
  constructor(private readonly inner: LocalSubgraph) {}
  get name(): string {
    return this.inner.name;
  }
  get typeDefs(): string {
    return this.inner.typeDefs;
  }
  execute(request: SubgraphRequest, context: never): Promise<ExecutionResult> {
    documents.add(request.document);
    return this.inner.execute(request, context);
  }
}

const pretended: GraphPorts = {
  authenticator: { authenticate: async () => null },
  evidence: { append: async () => undefined },
  transactions: {
    begin: async () =>
      ({
        role: 'app',
        query: async () => ({ rows: [], rowCount: 0 }),
        commit: async () => undefined,
        rollback: async () => undefined,
      }) as never,
  },
  guard: { policyVersion: '1', check: () => undefined },
  log: { failure: (_, facts) => console.error(facts) },
};
const request: RequestFacts = {
  operationId: 'bench',
  language: 'zh',
  method: 'POST',
  requester: { tokenId: 't', role: 'department', unit: 'u', person: 'p', purpose: 'x', caseNo: 'c' },
};

async function rate(seconds: number, work: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 500; i++) await work();
  const from = performance.now();
  let done = 0;
  while (performance.now() - from < seconds * 1000) {
    await Promise.all(Array.from({ length: 16 }, work));
    done += 16;
  }
  return Math.round(done / ((performance.now() - from) / 1000));
}

const seconds = Number(process.argv[2] ?? 3);
const subgraphs = new Map(
  Object.entries(PARTS).map(([name, [typeDefs, resolvers]]) => [
    name,
    new Counted(new LocalSubgraph(name, typeDefs, buildSubgraphSchema(name, typeDefs, resolvers))),
  ]),
);
const supergraph = composeSupergraph([...subgraphs.values()]);
const variables = { id: 'r1' };
const monolith = makeExecutableSchema({
  typeDefs: `type Query { resident(id: ID!): Resident } type X { id: ID! label: String startDate: String }
    type Resident { id: ID! name: String sex: String birthDate: String occupancies: [X!] subscriptions: [X!] marriages: [X!] }`,
  resolvers: {
    Query: { resident: async () => ({ id: 'r1', name: '张三', sex: '1', birthDate: '1990' }) },
    Resident: { occupancies: async () => rows(2), subscriptions: async () => rows(2), marriages: async () => rows(2) },
  },
});
const result: Record<string, number> = {
  monolith: await rate(seconds, async () => execute({ schema: monolith, document: QUERY, variableValues: variables })),
};
for (const kind of ['hive', 'stitching'] as ExecutorKind[]) {
  const executor = await makeExecutor(kind, supergraph, subgraphs);
  const runner = new OperationRunner(pretended, DEFAULT_LIMITS, new RefusalRecorder(pretended));
  const context = {
    locally: <T>(fetch: () => T): T => fetch(),
    memo: <T>(_: unknown, make: () => T): T => make(),
  } as never;
  result[`${kind} executor`] = await rate(seconds, () =>
    executor.execute({ document: QUERY, operationName: 'One', variables }, context),
  );
  documents.clear();
  result[`${kind} runner`] = await rate(seconds, async () => {
    const answer = await runner.run(executor, { document: QUERY, operationName: 'One', variables }, request);
    if (answer.errors) throw answer.errors[0]!;
  });
  result[`${kind} documents`] = documents.size;
}
console.log(JSON.stringify({ unit: 'operations a second', ...result }, null, 2));
