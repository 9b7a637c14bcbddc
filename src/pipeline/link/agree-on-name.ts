import type { LinkNode } from './facts.js';
import { UnionFind } from './union-find.js';
import { shares } from './unit.js';

/**
 * Who of the nodes with one number is one person, by their names. A declared former name may connect two others: its
 * source says that both are his. A node whose own records go by two names may not: with a number that two people
 * carry, it could be both of them, so it joins only where everybody it agrees with is one person already.
 *
 * @returns the people, as sorted indexes; a node that fits several stands alone.
 */
export function agreeOnName(nodes: readonly LinkNode[]): number[][] {
  const people = new UnionFind(nodes.length);
  const sure = nodes.map((node) => node.names.length === 1);
  const each = (test: (a: number, b: number) => boolean): void => {
    for (let a = 0; a < nodes.length; a++)
      for (let b = a + 1; b < nodes.length; b++) if (test(a, b)) people.union(a, b);
  };
  each((a, b) => sure[a]! && sure[b]! && agree(nodes[a]!, nodes[b]!));
  const joins: [number, number][] = [];
  const fits = nodes.map((node, index) => {
    if (sure[index]) return new Set<number>();
    const others = nodes.flatMap((other, at) => (sure[at] && agree(node, other) ? [at] : []));
    const found = new Set(others.map((at) => people.find(at)));
    if (found.size === 1) joins.push([others[0]!, index]);
    return found;
  });
  for (const [a, b] of joins) people.union(a, b);
  const sameNames = (a: number, b: number): boolean =>
    nodes[a]!.names.join('\u001f') === nodes[b]!.names.join('\u001f');
  each((a, b) => !sure[a] && !sure[b] && fits[a]!.size === 0 && fits[b]!.size === 0 && sameNames(a, b));
  return people.sets();
}

const agree = (a: LinkNode, b: LinkNode): boolean =>
  shares(a.names, b.names) || shares(a.names, b.aliases) || shares(a.aliases, b.names);
