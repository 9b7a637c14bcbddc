import { describe, expect, it } from '@jest/globals';
import { execute, type ExecutionResult, graphql, parse, printSchema } from 'graphql';
import { composeSupergraph, CompositionError } from './compose.js';
import { fieldOwners } from './field-owners.js';
import { buildSubgraphSchema, entityNames } from './subgraph-schema.js';

const link = (imports: string, as = '') =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", ${as} import: [${imports}])\n`;

describe('a subgraph schema', () => {
  const sdl = `${link('"@key"')}
    type Query { top: Product }
    type Product @key(fields: "id") { id: ID! name: String }
    type User @key(fields: "id") { id: ID! name: String }
    type Stub @key(fields: "id", resolvable: false) { id: ID! }`;
  const asked: unknown[] = [];
  const schema = buildSubgraphSchema('test', sdl, {
    Query: { top: () => ({ id: '1', name: 'p1' }) },
    Product: {
      __resolveReferences: (representations) => {
        asked.push(representations);
        return representations.map(({ id }) => (id === 'none' ? null : { id, name: `p${String(id)}` }));
      },
    },
    User: {
      __resolveReferences: () => {
        throw new Error('users are away');
      },
    },
  });
  const entities = (representations: unknown[]): Promise<ExecutionResult> =>
    Promise.resolve(
      execute({
        schema,
        document: parse(
          'query($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Product { name } ... on User { name } } }',
        ),
        variableValues: { r: representations },
      }),
    );

  it('has the federation fields of the specification', async () => {
    const printed = printSchema(schema);
    for (const part of [
      'scalar _Any',
      'union _Entity = Product | User',
      '_entities(representations: [_Any!]!): [_Entity]!',
      '_service: _Service!',
    ])
      expect(printed).toContain(part);
    const { data } = await graphql({ schema, source: '{ _service { sdl } }' });
    expect(data).toEqual({ _service: { sdl } });
  });

  it('resolves references of one type in one call, in order, with null for the missing', async () => {
    const { data, errors } = await entities(['2', 'none', '1'].map((id) => ({ __typename: 'Product', id })));
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      _entities: [{ __typename: 'Product', name: 'p2' }, null, { __typename: 'Product', name: 'p1' }],
    });
    expect(asked).toHaveLength(1);
  });

  it('keeps one type’s failure to that type', async () => {
    const { data, errors } = await entities([
      { __typename: 'User', id: '1' },
      { __typename: 'Product', id: '1' },
    ]);
    expect(data).toEqual({ _entities: [null, { __typename: 'Product', name: 'p1' }] });
    expect(errors).toMatchObject([{ message: 'users are away', path: ['_entities', 0] }]);
  });

  it.each([[{ id: '1' }], [{ __typename: 'Query' }], [{ __typename: 'Stub', id: '1' }], ['x'], [null]])(
    'refuses the representation %j',
    async (wrong) => {
      const { data, errors } = await entities([wrong]);
      expect(errors?.length).toBe(1);
      expect(data ?? null).toBeNull();
    },
  );

  it('knows directives by the names the subgraph gives them', () => {
    const renamed = `${link('{name: "@key", as: "@id"}, "FieldSet"', 'as: "fed",')}
      type Query { a: A } type A @id(fields: "id") @fed__shareable { id: ID! }`;
    expect(entityNames(parse(renamed))).toEqual(['A']);
    expect(() => buildSubgraphSchema('t', renamed, { A: { __resolveReferences: () => [] } })).not.toThrow();
    const prefixed = `${link('')} type A @federation__key(fields: "id") { id: ID! }`;
    expect(entityNames(parse(prefixed))).toEqual(['A']);
  });

  it('may extend types that only others define', () => {
    const extending = `${link('"@key"')} extend type A @key(fields: "id") { id: ID! b: String } extend type Query { c: Int }`;
    expect(() => buildSubgraphSchema('t', extending, { A: { __resolveReferences: () => [] } })).not.toThrow();
  });

  it('does not build when something is missing', () => {
    expect(() => buildSubgraphSchema('t', 'type Query { a: Int }', {})).toThrow('@link');
    expect(() => buildSubgraphSchema('t', sdl, {})).toThrow('Product has a @key but no __resolveReferences');
    expect(() => buildSubgraphSchema('t', `${link('')} type Query { a: Int }`, { Query: { b: () => 1 } })).toThrow(
      'Query.b',
    );
  });
});

describe('composition', () => {
  const a = {
    name: 'a',
    typeDefs: `${link('"@key"')} type Query { r: R } type R @key(fields: "id") { id: ID! x: Int }`,
  };
  const b = {
    name: 'b-b',
    typeDefs: `${link('"@key", "@external", "@requires"')} type R @key(fields: "id") { id: ID! x: Int @external y: Int @requires(fields: "x") }`,
  };

  it('gives the same text whatever the order', () => {
    expect(composeSupergraph([a, b])).toBe(composeSupergraph([b, a]));
  });

  it('names every problem', () => {
    const wrong = { name: 'c', typeDefs: `${link('"@key"')} type R @key(fields: "id") { id: ID! x: String }` };
    expect(() => composeSupergraph([a, wrong])).toThrow(CompositionError);
  });

  it('tells who owns a field', () => {
    const owners = fieldOwners(parse(composeSupergraph([a, b])));
    expect([...owners.get('R.y')!]).toEqual(['b-b']);
    expect([...owners.get('R.x')!]).toEqual(['a']);
    expect([...owners.get('R.id')!].sort()).toEqual(['a', 'b-b']);
  });
});
