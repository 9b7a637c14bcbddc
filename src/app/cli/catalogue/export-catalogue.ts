import { writeFileSync } from 'node:fs';
import type { DataItem, DataResource, Found } from '../../../governance/registry/index.js';
import { UsageError } from '../../../platform/kernel/index.js';
import { csvOf, xlsxOf, type Sheet } from '../../../platform/sheets/index.js';
import { print, printJson, say, type CommandContext } from '../context.js';
import type { Words } from '../words.js';
import { itemColumns, resourceColumns } from './columns.js';
import type { CatalogueOptions } from './options.js';
import { findResources } from './read-catalogue.js';

/**
 * `isthmus catalogue export`: a workbook of two sheets (resources, items), one CSV with a row for each item, or JSON.
 * @throws UsageError CLI_USAGE, CLI_FILE_UNWRITABLE.
 */
export async function exportCommand(
  context: CommandContext,
  options: CatalogueOptions & { format: string; to?: string },
): Promise<void> {
  const { words } = context;
  const { format, to } = options;
  if (format === 'xlsx' && to === undefined)
    throw new UsageError('CLI_USAGE', { params: { problem: '--to <file>.xlsx' } });
  const found = await findResources(context, options);
  const content =
    format === 'xlsx'
      ? xlsxOf(workbook(found, words))
      : format === 'csv'
        ? csvOf(flat(found, words))
        : `${JSON.stringify(contentOf(found), null, 2)}\n`;
  if (to === undefined) {
    process.stdout.write(content);
    return;
  }
  write(to, content);
  if (context.json) return printJson({ file: to, resources: found.length });
  print(to);
  say(`✔ ${words(`${found.length} 个信息资源`, `${found.length} resources`)}`);
}

const contentOf = (found: readonly Found[]): DataResource[] =>
  found.map(({ resource, matches }) => ({ ...resource, items: matches }));

/** Sheet 1: the resources; sheet 2: their items, each with the code and title of its resource. */
export function workbook(found: readonly Found[], words: Words): Sheet[] {
  const resources = resourceColumns(words);
  const items = itemColumns(words);
  return [
    {
      name: words('信息资源', 'resources'),
      head: resources.map(({ title }) => title),
      rows: found.map(({ resource }) => ({ cells: resources.map(({ of }) => of(resource)) })),
    },
    {
      name: words('信息项', 'items'),
      head: [words('信息资源代码', 'code'), words('信息资源名称', 'title'), ...items.map(({ title }) => title)],
      rows: pairs(found).map(([resource, item]) => ({
        cells: [resource.code, resource.title, ...items.map(({ of }) => of(item))],
      })),
    },
  ];
}

/** One row for each item, led by its resource's metadata. */
export function flat(found: readonly Found[], words: Words): Sheet {
  const resources = resourceColumns(words);
  const items = itemColumns(words);
  const head = [
    ...resources.map(({ title }) => title),
    ...items.map(({ title }) => `${words('信息项', 'item')}:${title}`),
  ];
  return {
    name: words('信息资源目录', 'catalogue'),
    head,
    rows: pairs(found).map(([resource, item]) => ({
      cells: [...resources.map(({ of }) => of(resource)), ...items.map(({ of }) => of(item))],
    })),
  };
}

const pairs = (found: readonly Found[]): [DataResource, DataItem][] =>
  found.flatMap(({ resource, matches }) => matches.map((item): [DataResource, DataItem] => [resource, item]));

/** A file that is there already is not overwritten. */
function write(file: string, content: string | Buffer): void {
  try {
    writeFileSync(file, content, { flag: 'wx' });
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? '';
    throw new UsageError('CLI_FILE_UNWRITABLE', { params: { file, reason }, cause });
  }
}
