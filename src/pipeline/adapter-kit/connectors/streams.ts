import { FatalError } from '../../../platform/kernel/index.js';

/** The entry of a stream by name. @throws FatalError CONNECTOR_STREAM for a name the manifest does not have. */
export function streamOf<T>(streams: ReadonlyMap<string, T>, name: string): T {
  const found = streams.get(name);
  if (found === undefined) throw new FatalError('CONNECTOR_STREAM', { where: { stream: name } });
  return found;
}
