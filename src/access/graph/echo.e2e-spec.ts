import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGraph, type TestGraph } from './fixtures/start-graph.fixture.js';

const NUMBER = '990101199003070011';
const SPLIT = '990101 19900307 0011';
const X = `x${NUMBER}`;
const list = (args: string, rest = 'totalCount'): string => `{ residents(${args}) { ${rest} } }`;

/** Malformed documents, each with an ID number at another place. */
const DOCUMENTS: [place: string, query: unknown, variables?: unknown][] = [
  ['a variable for an Int', 'query($i: Int) { residents(first: $i) { totalCount } }', { i: NUMBER }],
  ['a split number for an Int', 'query($i: Int) { residents(first: $i) { totalCount } }', { i: SPLIT }],
  ['a list for a String', 'query($i: String) { residents(after: $i) { totalCount } }', { i: [`X${NUMBER}`] }],
  [
    'a number for a String',
    'query($f: ResidentFilter) { residents(filter: $f) { totalCount } }',
    { f: { name: 990101199003070 } },
  ],
  ['an enum', 'query($f: ResidentFilter) { residents(filter: $f) { totalCount } }', { f: { kind: SPLIT } }],
  ['an input field', 'query($f: ResidentFilter) { residents(filter: $f) { totalCount } }', { f: { [SPLIT]: 1 } }],
  ['an object for an object', 'query($f: ResidentFilter) { residents(filter: $f) { totalCount } }', { f: NUMBER }],
  ['an id', 'query($i: ID!) { resident(id: $i) { id } }', { i: { n: NUMBER } }],
  ['a field', `{ ${X} }`],
  ['a field below', `{ resident(id: "r1") { ${X} } }`],
  ['an alias', `{ ${X}: version nothing }`],
  ['an alias that is fine', `{ ${X}: version }`],
  ['a reserved alias', `{ __${NUMBER}: version }`],
  ['an argument', list(`${X}: 1`)],
  ['a string for an Int', list(`first: "${SPLIT}"`)],
  ['an Int for a String', list(`filter: { name: ${NUMBER} }`)],
  ['a Float for an Int', list(`first: ${NUMBER}.5`)],
  ['an enum word', list(`filter: { kind: ${X} }`)],
  ['an input field written out', list(`filter: { ${X}: 1 }`)],
  ['a block string', list(`first: """${SPLIT}"""`)],
  ['a directive', `{ version @${X} }`],
  ['the argument of a directive', `{ version @skip(${X}: true) }`],
  ['a type', `query($v: ${X}) { version }`],
  ['a type condition', `{ ... on ${X} { id } }`],
  ['a fragment spread', `{ ...${X} }`],
  ['a fragment that nobody uses', `{ version } fragment ${X} on Resident { id }`],
  ['a fragment that spreads itself', `{ resident(id: "r1") { ...${X} } } fragment ${X} on Resident { ...${X} }`],
  ['an operation name', `query ${X} { nothing }`],
  ['two operations of a name', `query ${X} { version } query ${X} { version }`],
  ['a variable name', `query($${X}: Int) { version }`],
  ['an unknown variable', list(`first: $${X}`)],
  ['a default', `query($i: Int = "${SPLIT}") { residents(first: $i) { totalCount } }`],
  ['a syntax error', `{ version } ${X}`],
  ['a number that is a syntax error', `{ version ${NUMBER} }`],
  ['a string that is not closed', `{ resident(id: "${NUMBER}) { id } }`],
  ['a string that is a syntax error', `{ version "${SPLIT}" }`],
  ['a number that goes on', `{ resident(id: ${NUMBER}x) { id } }`],
  ['a selection on a leaf', `{ version { ${X} } }`],
  ['two meanings', `{ resident(id: "r1") { ${X}: name ${X}: id } }`],
  ['variables that are text', '{ version }', NUMBER],
  ['a query that is a list', [NUMBER]],
  ['a query that is an object', { [NUMBER]: NUMBER }],
];

describe('what a refusal says', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph({ executor: 'stitching' });
  });
  afterAll(() => graph.close());

  const digits = (text: string): string => text.replace(/[^0-9]/g, '');
  const send = async (body: unknown, language: string): Promise<{ text: string; errors: Record<string, never>[] }> => {
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', authorization: 'Bearer department', 'accept-language': language },
        ...{ 'x-isthmus-purpose': 'elderly-care', 'x-isthmus-case': 'C-1' },
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { text, errors: (JSON.parse(text) as { errors: Record<string, never>[] }).errors };
  };
  /** Without ids and places, which have digits of their own. */
  const said = (errors: object[]): string =>
    JSON.stringify(
      errors.map((error) => ({
        ...error,
        locations: null,
        extensions: { ...('extensions' in error && (error.extensions as object)), requestId: null },
      })),
    );

  it.each(DOCUMENTS.map(([place, query, variables]) => ({ place, query, variables })))(
    'repeats no number that stands in $place',
    async ({ query, variables }) => {
      for (const [language, script] of [
        ['en', /^[\x20-\x7e’–…]*$/],
        ['zh-CN', /[\u4e00-\u9fff]/],
      ] as const) {
        const { text, errors } = await send({ query, ...(variables !== undefined && { variables }) }, language);
        expect(text).not.toContain(NUMBER);
        expect(text).not.toContain(SPLIT);
        expect(errors.length).toBeGreaterThan(0);
        expect(digits(said(errors))).not.toContain('9900307');
        for (const { message, extensions } of errors as unknown as { message: string; extensions: object }[]) {
          expect(message).toMatch(script);
          expect(extensions).toMatchObject({ requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
        }
      }
    },
  );

  it('tells in the language asked for, and under a request id, of a body that is no request', async () => {
    for (const body of [
      [],
      null,
      [{ query: '{ version }' }],
      'x',
      { variables: {} },
      { query: '{ version }', variables: 'x' },
    ]) {
      const { errors } = await send(body, 'en');
      expect(errors[0]).toMatchObject({
        message: expect.stringMatching(/^[\x20-\x7e]+$/),
        extensions: { code: 'BAD_USER_INPUT', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      });
    }
  });

  it('names what the schema has', async () => {
    const { errors } = await send(
      { query: 'query($i: Int) { residents(first: $i) { totalCount } }', variables: { i: 'x' } },
      'en',
    );
    expect(errors[0]).toMatchObject({ message: 'The request is not correct: a value is no whole number' });
    const field = await send({ query: '{ resident(id: "r1") { nothing } }' }, 'en');
    expect(field.errors[0]).toMatchObject({
      message: 'The query does not fit the schema: a field does not exist (Resident)',
    });
  });
});
