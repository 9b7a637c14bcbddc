import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { buildSubgraphSchema } from './subgraph-schema.js';
import { Subgraph, type SubgraphClass } from './subgraph.decorator.js';
import { LocalSubgraph, type SubgraphEndpoint } from './subgraph-endpoint.js';

/** Finds the providers marked with `@Subgraph` and makes them executable. */
@Injectable()
export class SubgraphRegistry {
  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error when two classes claim one name, or one of them does not build. */
  find(): SubgraphEndpoint[] {
    const found = new Map<string, SubgraphEndpoint>();
    for (const wrapper of this.discovery.getProviders({ metadataKey: Subgraph.KEY })) {
      const definition = this.discovery.getMetadataByDecorator(Subgraph, wrapper);
      if (!definition || !wrapper.instance) continue;
      if (found.has(definition.name)) throw new Error(`two subgraphs are called ${definition.name}`);
      const resolvers = (wrapper.instance as SubgraphClass).resolvers();
      const schema = buildSubgraphSchema(definition.name, definition.typeDefs, resolvers);
      found.set(definition.name, new LocalSubgraph(definition.name, definition.typeDefs, schema, definition.network));
    }
    return [...found.values()];
  }
}
