import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { parse } from 'graphql';
import { composeSupergraph } from './compose.js';

const typeDefs = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: []) type Query { a: Int }`;
const supergraph = composeSupergraph([{ name: 'a', typeDefs }]);
const subgraphs = new Map([['a', { name: 'a', typeDefs, execute: async () => ({ data: { a: 1 } }) }]]);

describe('the choice of the executor', () => {
  afterEach(() => {
    jest.resetModules();
  });

  it('takes hive where its planner loads', async () => {
    const { makeExecutor } = await import('./federated-executor.js');
    expect((await makeExecutor('auto', supergraph, subgraphs)).kind).toBe('hive');
  });

  it('falls back to stitching where it does not, unless hive is forced', async () => {
    jest.unstable_mockModule('@graphql-hive/router-query-planner', () => {
      throw new Error('GLIBC_2.30 not found');
    });
    const { makeExecutor } = await import('./federated-executor.js');
    const executor = await makeExecutor('auto', supergraph, subgraphs);
    expect(executor.kind).toBe('stitching');
    const result = await executor.execute(
      { document: parse('{ a }'), operationName: undefined, variables: {} },
      {} as never,
    );
    expect(result.data).toEqual({ a: 1 });
    await expect(makeExecutor('hive', supergraph, subgraphs)).rejects.toThrow('GLIBC');
  });
});
