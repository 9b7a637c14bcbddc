/**
 * What the rules may compare of one node (one person as one source knows him): every distinct full value that his live,
 * current records say. Masked values and placeholders are no facts.
 */
export interface NodeFacts {
  /** Match forms of the names he goes by (`nameForm`). More than one: his records disagree. */
  names: readonly string[];
  /** Match forms of names he used before, as a source declares them. */
  aliases: readonly string[];
  /** 'YYYY-MM-DD', 'YYYY-MM' or 'YYYY'. */
  births: readonly string[];
  /** '1' male, '2' female; unknown is no fact. */
  sexes: readonly string[];
  /** Blind indexes, as hex, of citizen numbers whose check digit is right. */
  ids: readonly string[];
}

/** The facts that only make match keys. */
export interface NodeEvidence extends NodeFacts {
  phones: readonly string[];
  /** Address keys: registered at, holder of, line installed at. */
  dwellings: readonly string[];
}

export interface LinkNode extends NodeFacts {
  source: string;
  personKey: string;
}

const SEPARATOR = '\u001f';

/** Orders nodes the same way everywhere: by source, then key, by code unit. */
export const nodeName = (node: { source: string; personKey: string }): string =>
  `${node.source}${SEPARATOR}${node.personKey}`;

/** Sorted and distinct: equal facts are equal text. Most lists have one element, and there are many lists. */
export function distinct(values: readonly string[]): string[] {
  if (values.length < 2) return values as string[];
  return [...new Set(values)].sort();
}

/** Compact text of the facts, as `data.link_node.facts` keeps them; equal facts give equal text. */
export const encodeFacts = (facts: NodeFacts): string =>
  JSON.stringify([facts.names, facts.aliases, facts.births, facts.sexes, facts.ids]);

export function decodeFacts(text: string): NodeFacts {
  const [names, aliases, births, sexes, ids] = JSON.parse(text) as string[][] as [
    string[],
    string[],
    string[],
    string[],
    string[],
  ];
  return { names, aliases, births, sexes, ids };
}
