import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

/** A subgraph as composition sees it. */
export interface SubgraphSdl {
  name: string;
  typeDefs: string;
  /** Where it answers; absent = in this process. */
  url?: string | undefined;
}

export class CompositionError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`the subgraphs do not compose:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'CompositionError';
  }
}

/**
 * Composes subgraphs into a supergraph (Federation v2, join spec). Pure: equal SDL gives equal text, whatever the
 * order in which the subgraphs were found.
 * @throws CompositionError with every problem found.
 */
export function composeSupergraph(subgraphs: readonly SubgraphSdl[]): string {
  const ordered = [...subgraphs].sort((a, b) => (a.name < b.name ? -1 : 1));
  const composed = composeServices(
    ordered.map(({ name, typeDefs, url }) => ({ name, typeDefs: parse(typeDefs), ...(url && { url }) })),
  );
  if (composed.errors) throw new CompositionError(composed.errors.map((error) => error.message));
  return composed.supergraphSdl;
}
