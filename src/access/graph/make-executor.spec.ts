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
    const { makeExecutor } = await import('./make-executor.js');
    expect((await makeExecutor('auto', supergraph, subgraphs)).kind).toBe('hive');
  });

  it('parses nothing again: a repeated document fetches with the same document objects', async () => {
    const { makeExecutor } = await import('./make-executor.js');
    const seen = new Set<unknown>();
    const watched = {
      name: 'a',
      typeDefs,
      execute: async ({ document }: { document: unknown }) => {
        seen.add(document);
        return { data: { a: 1 } };
      },
    };
    const executor = await makeExecutor('hive', supergraph, new Map([['a', watched]]));
    const operation = { document: parse('{ a }'), operationName: undefined, variables: {} };
    for (let i = 0; i < 5; i++) await executor.execute(operation, {} as never);
    expect(seen.size).toBe(1);
  });

  it('falls back to stitching where it does not, unless hive is forced', async () => {
    jest.unstable_mockModule('@graphql-hive/router-query-planner', () => {
      throw new Error('GLIBC_2.30 not found');
    });
    const { makeExecutor } = await import('./make-executor.js');
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
