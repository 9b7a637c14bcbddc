import { type DocumentNode, type ExecutionResult, GraphQLError, print } from 'graphql';
import type { Secret } from '../../platform/kernel/index.js';
import type { OperationContext } from './operation-context.js';
import { ENVELOPE_HEADER, sealEnvelope } from './remote-envelope.js';
import { fromWireError, isReport, parseForeignJson, unavailable, type WireAnswer } from './remote-protocol.js';
import type { SubgraphEndpoint, SubgraphRequest } from './subgraph-endpoint.js';

export interface RemoteSubgraphOptions {
  name: string;
  url: string;
  /** Its SDL, as composed; `fetchSubgraphSdl` asks for it. */
  typeDefs: string;
  /** Shared with the subgraph: both sides sign and check with it. */
  key: Secret<Buffer>;
  /** How long a call may take before its part of the answer is given up, ms. */
  deadlineMs?: number;
  /** Largest answer that is read, bytes. */
  maxBytes?: number;
}

const texts = new WeakMap<DocumentNode, string>();
const textOf = (document: DocumentNode): string => {
  let text = texts.get(document);
  if (text === undefined) texts.set(document, (text = print(document)));
  return text;
};

/**
 * A subgraph in another process. The operation is cut into phases around every call: reads committed, an intent row
 * written, nothing open while the network is waited for. A subgraph that does not answer costs its own fields only.
 */
export class RemoteSubgraph implements SubgraphEndpoint {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: string;

  constructor(private readonly options: RemoteSubgraphOptions) {
    ({ name: this.name, url: this.url, typeDefs: this.typeDefs } = options);
  }

  async execute(request: SubgraphRequest, context: OperationContext): Promise<ExecutionResult> {
    await context.quiet();
    return context.remotely(this.name, subjectsOf(request), async (signal) => {
      try {
        return this.take(await this.call(request, context, signal), context);
      } catch (cause) {
        const error = unavailable(this.name, cause);
        context.absent.add(this.name);
        return { data: null, errors: [new GraphQLError(error.code, { originalError: error })] };
      }
    });
  }

  private async call(request: SubgraphRequest, context: OperationContext, signal: AbortSignal): Promise<WireAnswer> {
    const { document, operationName, variables } = request;
    const body = JSON.stringify({ query: textOf(document), operationName, variables });
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [ENVELOPE_HEADER]: sealEnvelope(this.options.key, context.envelopeFor(this.name), body),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(this.options.deadlineMs ?? 3_000)]),
    });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    return parseForeignJson(await readCapped(response.body, this.options.maxBytes ?? 8 << 20)) as WireAnswer;
  }

  private take(answer: WireAnswer, context: OperationContext): ExecutionResult {
    const { disclosure = [], subjects = [] } = answer.extensions?.isthmus ?? {};
    for (const report of disclosure) if (isReport(report)) context.disclose(report);
    for (const subject of subjects) if (typeof subject === 'string') context.subject(subject);
    const errors = answer.errors?.map((error) => fromWireError(error, this.name));
    return { data: answer.data ?? null, ...(errors?.length && { errors }) };
  }
}

async function readCapped(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The residents a fetch is about: their ids leave the process in its representations. */
function subjectsOf({ variables = {} }: SubgraphRequest): string[] {
  const found = new Set<string>();
  for (const value of Object.values(variables)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : []) {
      const { __typename: type, id } = (one ?? {}) as { __typename?: unknown; id?: unknown };
      if (type === 'Resident' && typeof id === 'string') found.add(id);
    }
  }
  return [...found];
}

/** Asks a subgraph for its SDL (`_service`). @throws RetriableError SOURCE_UNAVAILABLE. */
export async function fetchSubgraphSdl(name: string, url: string): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{_service{sdl}}' }),
      redirect: 'error',
      signal: AbortSignal.timeout(5_000),
    });
    const { data } = (await response.json()) as { data?: { _service?: { sdl?: unknown } } };
    if (typeof data?._service?.sdl === 'string') return data._service.sdl;
    throw new Error('no SDL in the answer');
  } catch (cause) {
    throw unavailable(name, cause);
  }
}
