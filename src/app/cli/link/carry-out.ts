import { LinkService } from '../../../pipeline/link/index.js';
import { UnifyService } from '../../../pipeline/unify/index.js';
import { readRunFile } from '../../runtime/run-file.js';
import type { Runtime } from '../../runtime/open-runtime.js';

/**
 * Where the program runs, its workers find an order within seconds; where it does not, this process carries it out.
 *
 * @returns true when it is carried out.
 */
export async function carryOut({ config, database, keyring }: Runtime, signal: AbortSignal): Promise<boolean> {
  if (readRunFile(config.dataDir) !== null) return false;
  await new LinkService(database, keyring).drain(signal);
  await new UnifyService(database).drain(signal);
  return !signal.aborted;
}
