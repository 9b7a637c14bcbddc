import { STEWARD_TITLES, type Level, type ShareType, type Steward } from '../../../standard/index.js';
import type { DataItem, DataResource, ResourceClass } from './catalogue.js';

/** What is looked for; a resource is found when one of its items meets every condition on items. */
export interface CatalogueFilter {
  /** Words, all of which must occur in the resource or one of its items. */
  text?: string | null | undefined;
  level?: Level | null | undefined;
  shareType?: ShareType | null | undefined;
  /** Any of an item's stewards. */
  steward?: string | null | undefined;
  class?: ResourceClass | null | undefined;
}

/** Longer texts are cut: nobody looks for an essay. */
const MOST_CHARACTERS = 200;
const PAIRS = 0.75;
const CJK = /^[\u3400-\u9fff\uf900-\ufaff]{3,}$/u;

/** A resource that was found, with its items that meet the filter (all of them when only the resource speaks of the words). */
export interface Found {
  resource: DataResource;
  matches: readonly DataItem[];
}

/** The resources that meet the filter, in the catalogue's order. Pure. */
export function searchCatalogue(catalogue: readonly DataResource[], filter: CatalogueFilter): Found[] {
  const words = normalised((filter.text ?? '').slice(0, MOST_CHARACTERS))
    .split(' ')
    .filter(Boolean);
  return catalogue.flatMap((resource) => {
    if (filter.class && resource.class !== filter.class) return [];
    const items = resource.items.filter(
      (item) =>
        (!filter.level || item.level === filter.level) &&
        (!filter.shareType || item.shareType === filter.shareType) &&
        (!filter.steward || (item.stewards as readonly string[]).includes(filter.steward)),
    );
    if (items.length === 0) return [];
    const about = textOf(resource);
    const named = words.filter((word) => !speaksOf(about, word));
    const spoken = items.filter((item) => words.some((word) => speaksOf(itemText(item), word)));
    if (named.some((word) => !spoken.some((item) => speaksOf(itemText(item), word)))) return [];
    return [{ resource, matches: spoken.length > 0 ? spoken : items }];
  });
}

/** Wide and narrow forms, capitals and spaces alike. */
const normalised = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

/** The word itself; or, of three Chinese characters or more, three quarters of its neighbouring pairs (户籍登记变动: 户籍登记及其变动). */
function speaksOf(text: string, word: string): boolean {
  if (text.includes(word)) return true;
  if (!CJK.test(word)) return false;
  const characters = Array.from(word);
  const pairs = characters.slice(1).map((character, at) => `${characters[at]}${character}`);
  return pairs.filter((pair) => text.includes(pair)).length >= pairs.length * PAIRS;
}

const stewardText = (stewards: readonly Steward[]): string[] =>
  stewards.flatMap((steward) => [steward, STEWARD_TITLES[steward].zh]);

const textOf = (resource: DataResource): string =>
  normalised(
    [
      ...[
        resource.code,
        resource.entity,
        resource.title,
        ...resource.category,
        resource.abstract,
        resource.description,
      ],
      ...[resource.source ?? '', ...stewardText(resource.stewards)],
    ].join('\n'),
  );

const itemText = (item: DataItem): string =>
  normalised([item.name, item.title, item.description, item.codeListTitle ?? ''].join('\n'));
