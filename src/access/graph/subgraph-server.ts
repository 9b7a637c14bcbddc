import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type DocumentNode, execute, type GraphQLSchema, parse, validate } from 'graphql';
import type { Secret } from '../../platform/kernel/index.js';
import { compileOperation } from './compiled-operation.js';
import { readJsonBody } from './json-body.js';
import { OperationContext } from './operation-context.js';
import type { GraphPorts } from './ports.js';
import { type Envelope, ENVELOPE_HEADER, openEnvelope } from './remote-envelope.js';
import { buildSubgraphSchema } from './subgraph-schema.js';
import { Subgraph, type SubgraphClass, type SubgraphDefinition } from './subgraph.decorator.js';
import { toWireError, type WireAnswer } from './remote-protocol.js';

export interface SubgraphServerOptions {
  name: string;
  typeDefs: string;
  schema: GraphQLSchema;
  key: Secret<Buffer>;
  ports: Pick<GraphPorts, 'transactions' | 'evidence' | 'log'>;
  deadlineMs?: number;
}

/** The same for a class marked with `@Subgraph`, as it stands in the gateway too. */
export function subgraphClassServer(
  subgraph: SubgraphClass,
  options: Pick<SubgraphServerOptions, 'key' | 'ports' | 'deadlineMs'>,
): Server {
  const definition = Reflect.getMetadata(Subgraph.KEY, subgraph.constructor) as SubgraphDefinition | undefined;
  if (!definition) throw new TypeError(`${subgraph.constructor.name} is not marked with @Subgraph`);
  const { name, typeDefs } = definition;
  return subgraphServer({
    ...options,
    name,
    typeDefs,
    schema: buildSubgraphSchema(name, typeDefs, subgraph.resolvers()),
  });
}

const LIMITS = { bodyBytes: 8 << 20, jsonDepth: 64 };
/** Documents of the gateway's plans: few, and the same again and again. */
const REMEMBERED = 1_000;

/**
 * Serves one subgraph to gateways that hold the key. Everything but `{_service{sdl}}` needs an envelope; reads run in
 * a transaction of this process that ends with an evidence row under the gateway's operation id.
 */
export function subgraphServer(options: SubgraphServerOptions): Server {
  const documents = new Map<string, DocumentNode | null>();
  const documentOf = (query: string): DocumentNode | null => {
    let document = documents.get(query);
    if (document === undefined) {
      document = valid(options.schema, query);
      if (documents.size >= REMEMBERED) documents.clear();
      documents.set(query, document);
    }
    return document;
  };
  return createServer((request, response) => {
    void answer(options, documentOf, request, response).catch((error: unknown) => {
      options.ports.log.failure('-', { code: 'INTERNAL', kind: (error as Error).name });
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
}

function valid(schema: GraphQLSchema, query: string): DocumentNode | null {
  try {
    const document = parse(query, { noLocation: true, maxTokens: 20_000 });
    return validate(schema, document).length ? null : document;
  } catch {
    return null;
  }
}

async function answer(
  options: SubgraphServerOptions,
  documentOf: (query: string) => DocumentNode | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (status: number, body: WireAnswer): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  };
  if (request.method !== 'POST') return send(405, {});
  const { text, json } = await bodyOf(request);
  const { query, operationName, variables } = json;
  if (typeof query !== 'string') return send(400, {});
  if (/^\{\s*_service\s*\{\s*sdl\s*\}\s*\}$/.test(query))
    return send(200, { data: { _service: { sdl: options.typeDefs } } });
  const header = request.headers[ENVELOPE_HEADER];
  const envelope = openEnvelope(options.key, Array.isArray(header) ? header[0] : header, options.name, text);
  if (!envelope) return send(401, {});
  const document = documentOf(query);
  if (!document) return send(400, {});
  send(200, await run(options, envelope, document, operationName, variables));
}

async function run(
  { schema, ports, deadlineMs = 15_000 }: SubgraphServerOptions,
  envelope: Envelope,
  document: DocumentNode,
  operationName: string | undefined,
  variableValues: Record<string, unknown> | undefined,
): Promise<WireAnswer> {
  const { requester } = envelope;
  const fields = compileOperation(schema, document, operationName)?.fields ?? [];
  const context = new OperationContext(
    envelope.operationId,
    requester,
    new Date(envelope.time),
    {
      operationId: envelope.operationId,
      actor: requester.tokenId,
      role: requester.role,
      unit: requester.unit,
      person: requester.person,
      purpose: requester.purpose,
      caseNo: requester.caseNo,
      policyVersion: envelope.policyVersion,
      operationName: envelope.operationName,
      operation: envelope.operation,
      documentHash: envelope.documentHash,
      fields: fields.filter((field) => !field.startsWith('Query._')),
      withheld: [],
      masked: [],
      unavailable: [],
    },
    ports.transactions,
    ports.evidence,
    { deadlineMs },
    envelope.language,
  );
  try {
    const result = await execute({ schema, document, operationName, variableValues, contextValue: context });
    if (context.broken) throw context.broken;
    await context.settle({ code: 'graph.read', decision: 'allowed', errorCode: null });
    const errors = result.errors?.map(toWireError);
    return {
      data: result.data ?? null,
      ...(errors?.length && { errors }),
      extensions: { isthmus: { disclosure: context.disclosure.all(), subjects: context.subjectsRead() } },
    };
  } catch (error) {
    await context.abandon().catch(() => undefined);
    ports.log.failure(envelope.operationId, { code: 'INTERNAL', kind: (error as Error).name });
    return { data: null, errors: [{ message: 'INTERNAL', extensions: { code: 'INTERNAL', params: {} } }] };
  }
}

async function bodyOf(
  request: IncomingMessage,
): Promise<{ text: string; json: { query?: unknown; operationName?: string; variables?: Record<string, unknown> } }> {
  const seen: Buffer[] = [];
  request.on('data', (chunk: Buffer) => seen.push(chunk));
  const json = ((await readJsonBody(request, LIMITS)) ?? {}) as Record<string, never>;
  return { text: Buffer.concat(seen).toString('utf8'), json };
}
