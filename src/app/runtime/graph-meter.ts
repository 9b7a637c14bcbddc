import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EvidenceWriter, OperationEvent } from '../../access/graph/index.js';
import { PROBE_PATHS, type Metrics } from '../../platform/telemetry/index.js';

/** A request as the graph's entry leaves it. */
interface MeteredRequest extends IncomingMessage {
  originalUrl?: string;
  isthmus?: { operationId: string; requester: { role: string } | null };
}

const ROUTES: readonly string[] = [...PROBE_PATHS, '/graphql'];
const OUTCOMES = { allowed: 'ANSWERED', refused: 'REFUSED', failed: 'FAILED' } as const;

/** Counts requests, operations and evidence rows of the graph, from what it hands to the ledger and to the wire. */
export class GraphMeter {
  /** How operations under way have ended, as far as the ledger was told; emptied as their answers leave. */
  readonly #outcomes = new Map<string, string>();

  constructor(private readonly metrics: Metrics) {}

  /** The same writer, counting. */
  evidence(writer: EvidenceWriter): EvidenceWriter {
    return {
      append: async (tx, event) => {
        await writer.append(tx, event);
        this.#count(event);
      },
    };
  }

  #count(event: OperationEvent): void {
    this.metrics.evidenceRows.add({ code: event.code });
    // An intent and an outcome of a call to a source are steps of an operation, not its end.
    if (event.code === 'graph.intent' || event.code === 'graph.outcome') return;
    this.#outcomes.set(event.operationId, OUTCOMES[event.decision]);
    if (event.decision === 'refused') this.metrics.refusals.add({ code: event.errorCode ?? 'FORBIDDEN' });
  }

  /** Express middleware, before all others. */
  readonly request = (request: MeteredRequest, response: ServerResponse, next: () => void): void => {
    const from = performance.now();
    response.once('close', () => {
      const path = (request.originalUrl ?? request.url ?? '').split('?', 1)[0]!;
      const route = ROUTES.includes(path) ? path : 'other';
      this.metrics.httpRequests.add({ route, status: String(response.statusCode) });
      const { operationId, requester } = request.isthmus ?? {};
      if (operationId === undefined) return;
      const outcome = this.#outcomes.get(operationId) ?? 'INVALID';
      this.#outcomes.delete(operationId);
      this.metrics.operations.add({ role: requester?.role ?? 'nobody', outcome });
      this.metrics.operationSeconds.observe({ outcome }, (performance.now() - from) / 1000);
    });
    next();
  };
}
