import type { Expression, MappingDocument } from './mapping-document.js';

/** A place in the source record that fills a field of the standard. */
export interface MappedPath {
  /** The names on the way to the place; indexes and selectors left out. */
  names: string[];
  entity: string;
  field: string;
}

const STEP = /\['([^']+)'\]|\[[^\]]*\]|([^.[\]]+)/g;

/** The names of a path's text: `a.list[?type=phone].number` → a, list, number. */
export const namesOfPath = (path: string): string[] =>
  [...path.matchAll(STEP)].flatMap((found) => found[1] ?? found[2]?.trim() ?? []);

/** Every place of a stream's records that fills a field, with the field: what a source field means and how sensitive it is. */
export function mappedPaths(document: MappingDocument, stream: string): MappedPath[] {
  return (document.streams[stream]?.records ?? []).flatMap(({ entity, fields }) =>
    Object.entries(fields).flatMap(([field, expression]) =>
      placesOf(expression).map((path) => ({ names: namesOfPath(path), entity, field })),
    ),
  );
}

function placesOf(expression: Expression): string[] {
  if (typeof expression === 'string') return [expression];
  const { from, argFrom, concat, coalesce } = expression;
  return [
    ...(from === undefined ? [] : [from]),
    ...(argFrom === undefined || argFrom.startsWith('$') ? [] : [argFrom]),
    ...[...(concat ?? []), ...(coalesce ?? [])].flatMap(placesOf),
  ];
}
