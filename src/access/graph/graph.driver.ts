import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Inject, Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { FederatedGateway } from './gateway.js';
import { GRAPH_ENTRY } from './graph.tokens.js';

type Handler = Parameters<ApolloDriver['httpAdapterHost']['httpAdapter']['use']>[0];

/** Apollo Server under Nest, fed by our gateway, behind our entry. */
@Injectable()
export class GraphDriver extends ApolloDriver {
  constructor(
    modules: ModulesContainer,
    @Inject(FederatedGateway) private readonly gateway: FederatedGateway,
    @Inject(GRAPH_ENTRY) private readonly entry: Handler,
  ) {
    super(modules);
  }

  override async start(options: ApolloDriverConfig): Promise<void> {
    this.httpAdapterHost.httpAdapter.use(options.path, this.entry);
    await super.start({ ...options, gateway: this.gateway } as never);
  }

  /** The schema comes from the gateway, when it loads. */
  override generateSchema(): never {
    return null as never;
  }
}
