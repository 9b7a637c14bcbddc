import { FatalError, IsthmusError, RetriableError } from '../../platform/kernel/index.js';
import type { ServiceManifest, SourceConnection } from '../adapter-kit/index.js';
import type { CompiledService } from '../conform/index.js';
import type { Answer } from './answer.js';

export type Answered = Answer extends infer One ? (One extends Answer ? Omit<One, 'at' | 'remembered'> : never) : never;

/**
 * Asks one service once and reads what it says.
 * @throws what the connector throws; RetriableError CONNECTOR_TIMEOUT when `deadline` ends first; FatalError
 * LOOKUP_ANSWER for an answer that the mapping refuses (an unknown code is never defaulted).
 */
export async function callService(
  connection: SourceConnection,
  service: ServiceManifest,
  compiled: CompiledService,
  inputs: Readonly<Record<string, string>>,
  deadline: AbortSignal,
): Promise<Answered> {
  const request = { service: service.name, inputs, signal: deadline };
  const row = await orLate(service, deadline, () => connection[compiled.verb]!(request));
  if (compiled.verb === 'verify') {
    // "Nothing found" in the status says the same as an empty answer: the mapping has a word for it, or none.
    const judged = compiled.judge(row ?? {});
    if (judged.kind === 'rejected') throw refused(service, judged.rejection.code, judged.rejection.pointer);
    return { kind: 'verdicts', verdicts: judged.verdicts };
  }
  if (row === null) return { kind: 'nothing' };
  const outcome = compiled.mapping.conform(row);
  switch (outcome.kind) {
    case 'records':
      return { kind: 'records', records: structuredClone(outcome.records) };
    case 'rejected':
      throw refused(service, outcome.rejection.code, outcome.rejection.pointer);
    default:
      return { kind: 'nothing' };
  }
}

async function orLate<T>(service: ServiceManifest, deadline: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof IsthmusError || !deadline.aborted) throw error;
    throw new RetriableError('CONNECTOR_TIMEOUT', {
      origin: 'source',
      where: { stream: service.name },
      params: { state: 'deadline' },
    });
  }
}

const refused = (service: ServiceManifest, reason: string, pointer: string): FatalError =>
  new FatalError('LOOKUP_ANSWER', { origin: 'mapping', where: { stream: service.name, pointer }, params: { reason } });
