import type { SourceConnection, SourceRow } from '../contract.js';
import type { ServiceCase } from './context.js';

/** Asks a service about nobody; what comes back is up to the stand-in. */
export const ask = (
  connection: SourceConnection,
  { name, manifest }: ServiceCase,
  signal: AbortSignal,
): Promise<SourceRow | null> => connection[manifest.verb]!({ service: name, inputs: manifest.probe, signal });
