import { print, printJson, say, type CommandContext } from '../context.js';
import { table } from '../terminal.js';
import { catalogueWords } from './catalogue-words.js';
import type { CatalogueOptions } from './options.js';
import { findResources } from './read-catalogue.js';

/** Items named in a row of the list. */
const SHOWN = 4;

/** `isthmus catalogue list`: one row a resource; the items that met the conditions are named. */
export async function listCommand(context: CommandContext, options: CatalogueOptions): Promise<void> {
  const { words } = context;
  const found = await findResources(context, options);
  if (context.json)
    return printJson(
      found.map(({ resource: { items: _, ...resource }, matches }) => ({
        ...resource,
        matches: matches.map(({ name }) => name),
      })),
    );
  const of = catalogueWords(words);
  if (found.length > 0)
    print(
      table(
        {
          head: [
            ...[words('资源代码', 'code'), words('名称', 'title'), words('类', 'class'), words('提供方', 'provider')],
            ...[words('级别', 'level'), words('共享类型', 'share type'), words('共享方式', 'mode')],
            ...[words('更新周期', 'update cycle'), words('信息项', 'items')],
          ],
        },
        found.map(({ resource, matches }) => [
          ...[resource.code, `${resource.title} ${resource.entity}`, of.class(resource.class)],
          ...[of.steward(resource.provider), `L${resource.level}`, of.share(resource.shareType)],
          ...[of.mode(resource.shareMode), of.cycle(resource.updateCycle)],
          matches.length > SHOWN
            ? words(`${matches.length} 项`, `${matches.length} items`)
            : matches.map(({ title, name }) => words(title, name)).join(words('、', ', ')),
        ]),
      ),
    );
  say(words(`共 ${found.length} 个信息资源`, `${found.length} resources`));
}
