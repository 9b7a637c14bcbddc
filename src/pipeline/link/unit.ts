import type { LinkNode } from './facts.js';

/** Why two records cannot be one person, whatever they share. */
export type Contradiction =
  'decided-apart' | 'two-numbers' | 'number-of-another' | 'two-births' | 'two-sexes' | 'two-of-one-source';

/** Nodes already found to be one person, with everything they say. */
export interface Unit {
  /** Indexes of nodes, ascending. */
  members: readonly number[];
  ids: readonly string[];
  births: readonly string[];
  sexes: readonly string[];
  sources: readonly string[];
}

export function unitOf(members: readonly number[], nodes: readonly LinkNode[]): Unit {
  if (members.length === 1) {
    const node = nodes[members[0]!]!;
    return { members, ids: node.ids, births: node.births, sexes: node.sexes, sources: [node.source] };
  }
  const all = (of: (node: LinkNode) => readonly string[]): string[] => [
    ...new Set(members.flatMap((member) => of(nodes[member]!))),
  ];
  return {
    members,
    ids: all((node) => node.ids),
    births: all((node) => node.births),
    sexes: all((node) => node.sexes),
    sources: all((node) => [node.source]),
  };
}

/**
 * What keeps two units apart, or null. Two units with the same number are apart because rule 1 has looked at them
 * before and found that their names do not agree.
 */
export function contradiction(a: Unit, b: Unit): Contradiction | null {
  if (a.ids.length > 0 && b.ids.length > 0) return shares(a.ids, b.ids) ? 'number-of-another' : 'two-numbers';
  if (a.births.length > 0 && b.births.length > 0 && !a.births.some((x) => b.births.some((y) => sameBirth(x, y))))
    return 'two-births';
  if (a.sexes.length > 0 && b.sexes.length > 0 && !shares(a.sexes, b.sexes)) return 'two-sexes';
  return shares(a.sources, b.sources) ? 'two-of-one-source' : null;
}

export const shares = (a: readonly string[], b: readonly string[]): boolean => a.some((value) => b.includes(value));

/** A date known to the month or year agrees with every date in it. */
const sameBirth = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);
