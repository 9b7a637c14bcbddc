import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  GraphModule,
  NEST_OPTIONS,
  policyGuard,
  type GraphOptions,
  type SubgraphEndpoint,
  tokenAuthenticator,
} from '../../src/access/graph/index.js';
import {
  linkControl,
  SUBGRAPHS,
  SubgraphKit,
  subgraphProviders,
  syncControl,
} from '../../src/access/subgraphs/index.js';
import { ledgerEvidence } from '../../src/app/runtime/evidence.js';
import { type Role, Tokens } from '../../src/governance/identity/index.js';
import { policy } from '../../src/governance/policy/index.js';
import type { Keyring } from '../../src/platform/keys/index.js';
import type { TestDatabase } from './postgres.js';

/** Who asks, and what for. */
export interface Inquirer {
  role: Role;
  purpose?: string;
}

export interface Answer {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface RunningGraph {
  ask(who: Inquirer, query: string, variables?: object): Promise<Answer>;
  close(): Promise<void>;
}

/** The product's graph over a database: its tokens, policy, subgraphs, ledger and HTTP, with subgraphs moved away as given. */
export async function runningGraph(
  { db, keyring }: { db: TestDatabase; keyring: Keyring },
  options: { executor: NonNullable<GraphOptions['executor']>; remotes?: readonly SubgraphEndpoint[] },
): Promise<RunningGraph> {
  const tokens = new Tokens(db.database, keyring);
  @Module({
    providers: subgraphProviders(keyring, syncControl(db.database), linkControl(db.database, keyring)),
    exports: [SubgraphKit, ...SUBGRAPHS],
  })
  class SubgraphsModule {}
  const module = GraphModule.forRoot(
    {
      authenticator: tokenAuthenticator(tokens),
      guard: policyGuard(policy()),
      transactions: db.database,
      evidence: ledgerEvidence(keyring),
      log: { failure: (_id, facts) => process.stderr.write(`graph: ${JSON.stringify(facts)}\n`) },
      ...options,
    },
    [SubgraphsModule],
  );
  const app = await NestFactory.create(module, { ...NEST_OPTIONS, logger: false });
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/graphql`;
  const known = new Map<Role, Promise<{ token: string }>>();
  const tokenOf = (role: Role): Promise<{ token: string }> => {
    if (!known.has(role)) known.set(role, tokens.issueToken({ role, unit: '测试单位', person: '测试经办' }));
    return known.get(role)!;
  };
  return {
    ask: async ({ role, purpose }, query, variables) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${(await tokenOf(role)).token}`,
          ...(purpose && { 'x-isthmus-purpose': purpose, 'x-isthmus-case': 'TEST-2026-1' }),
        },
        body: JSON.stringify({ query, ...(variables && { variables }) }),
      });
      return { status: response.status, body: await response.json() };
    },
    close: () => app.close(),
  };
}
