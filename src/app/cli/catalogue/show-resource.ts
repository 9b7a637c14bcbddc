import { UsageError } from '../../../platform/kernel/index.js';
import { print, printJson, type CommandContext } from '../context.js';
import { table } from '../terminal.js';
import type { CatalogueOptions } from './options.js';
import { itemColumns, resourceColumns } from './columns.js';
import { readCatalogue } from './read-catalogue.js';

/** `isthmus catalogue show`: the core metadata of one resource, then its items. @throws UsageError CATALOGUE_UNKNOWN. */
export async function showCommand(context: CommandContext, code: string, options: CatalogueOptions): Promise<void> {
  const { words } = context;
  const catalogue = await readCatalogue(context, options);
  const resource = catalogue.find((one) => one.code === code || (one.source === null && one.entity === code));
  if (!resource) throw new UsageError('CATALOGUE_UNKNOWN', { params: { code: code.slice(0, 60) } });
  if (context.json) return printJson(resource);
  print(
    table(
      { head: [words('元数据', 'metadata'), words('值', 'value')] },
      resourceColumns(words)
        .map(({ title, of }) => [title, of(resource)])
        .filter(([, value]) => value !== ''),
    ),
  );
  const columns = itemColumns(words);
  print(
    table(
      { head: columns.map(({ title }) => title) },
      resource.items.map((item) => columns.map(({ of }) => of(item))),
    ),
  );
}
