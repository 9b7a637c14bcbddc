import { UnionFind } from './union-find.js';
import type { Contradiction, Unit } from './unit.js';

/** What keeps two units apart, or null. */
export type Against = (a: Unit, b: Unit) => Contradiction | null;

/** Two units that share a match key, and the nodes that share it. */
export interface Edge {
  a: number;
  b: number;
  /** Node indexes on both sides, in pairs. */
  pairs: (readonly [number, number])[];
}

export interface Doubt {
  reason: Contradiction;
  /** Node indexes. */
  members: Set<number>;
}

export interface Joined {
  /** Edges that may be followed: every set of units they connect is free of contradictions. */
  accepted: Edge[];
  doubts: Doubt[];
}

/**
 * Decides which edges of one rule hold. An edge between contradicting units never does. Where a connected set still
 * holds two units that exclude each other, the edges of the unit between them are dropped, all of them: it fits both,
 * so it proves neither. What remains contradictory after that is taken apart whole.
 *
 * Every step looks at all edges at once, so the result does not depend on their order.
 */
export function joinUnits(units: readonly Unit[], edges: readonly Edge[], against: Against): Joined {
  const doubts: Doubt[] = [];
  let held: Edge[] = [];
  for (const edge of edges) {
    const reason = against(units[edge.a]!, units[edge.b]!);
    if (reason === null) held.push(edge);
    else doubts.push({ reason, members: new Set(edge.pairs.flat()) });
  }
  const accepted: Edge[] = [];
  while (held.length > 0) {
    const again: Edge[] = [];
    for (const part of connected(units.length, held)) {
      const reason = firstContradiction(units, part, against);
      if (reason === null) {
        accepted.push(...part);
        continue;
      }
      const ambiguous = ambiguousEdges(units, part, against);
      const dropped = ambiguous.size > 0 ? ambiguous : new Set(part);
      doubts.push({ reason, members: new Set([...dropped].flatMap((edge) => edge.pairs.flat())) });
      again.push(...part.filter((edge) => !dropped.has(edge)));
    }
    held = again;
  }
  return { accepted, doubts };
}

/** Edges grouped by the connected set they lie in. */
function connected(size: number, edges: readonly Edge[]): Edge[][] {
  const sets = new UnionFind(size);
  for (const edge of edges) sets.union(edge.a, edge.b);
  const parts = new Map<number, Edge[]>();
  for (const edge of edges) {
    const root = sets.find(edge.a);
    const part = parts.get(root);
    if (part) part.push(edge);
    else parts.set(root, [edge]);
  }
  return [...parts.values()];
}

function firstContradiction(units: readonly Unit[], part: readonly Edge[], against: Against): Contradiction | null {
  if (part.length === 1) return null;
  const inside = [...new Set(part.flatMap((edge) => [edge.a, edge.b]))].sort((x, y) => x - y);
  for (let i = 0; i < inside.length; i++)
    for (let j = i + 1; j < inside.length; j++) {
      const reason = against(units[inside[i]!]!, units[inside[j]!]!);
      if (reason !== null) return reason;
    }
  return null;
}

/** Edges from a unit to two neighbours that exclude each other. */
function ambiguousEdges(units: readonly Unit[], part: readonly Edge[], against: Against): Set<Edge> {
  const at = new Map<number, Edge[]>();
  for (const edge of part)
    for (const end of [edge.a, edge.b]) {
      const list = at.get(end);
      if (list) list.push(edge);
      else at.set(end, [edge]);
    }
  const ambiguous = new Set<Edge>();
  for (const [unit, list] of at) {
    const other = (edge: Edge): Unit => units[edge.a === unit ? edge.b : edge.a]!;
    for (let i = 0; i < list.length; i++)
      for (let j = i + 1; j < list.length; j++)
        if (against(other(list[i]!), other(list[j]!)) !== null) ambiguous.add(list[i]!).add(list[j]!);
  }
  return ambiguous;
}
