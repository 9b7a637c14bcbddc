import {
  buildCatalogue,
  searchCatalogue,
  type DataResource,
  type Found,
  type ResourceClass,
} from '../../../governance/registry/index.js';
import { readProviding } from '../../../pipeline/lineage/index.js';
import type { Level, ShareType } from '../../../standard/index.js';
import type { CommandContext } from '../context.js';
import { withRuntime } from '../with-runtime.js';
import type { CatalogueOptions } from './options.js';

/** The catalogue as it stands here, or of the standard alone. */
export async function readCatalogue(context: CommandContext, { standard }: CatalogueOptions): Promise<DataResource[]> {
  if (standard) return buildCatalogue(null);
  return withRuntime(context, ({ database }) =>
    database.withContext('worker', { actor: 'cli' }, async (tx) => buildCatalogue(await readProviding(tx, new Date()))),
  );
}

/** What of it the options ask for. */
export async function findResources(context: CommandContext, options: CatalogueOptions): Promise<Found[]> {
  return searchCatalogue(await readCatalogue(context, options), {
    text: options.text,
    level: options.level ? (Number(options.level) as Level) : null,
    shareType: options.share as ShareType | undefined,
    steward: options.steward,
    class: options.class?.toUpperCase() as ResourceClass | undefined,
  });
}
