import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { startGraph, type TestGraph } from './fixtures/start-graph.fixture.js';

const SIGNED_IN = { authorization: 'Bearer department', 'x-isthmus-purpose': 'elderly-care', 'x-isthmus-case': 'C-1' };

describe('GraphQL over HTTP', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());
  const send = (init: RequestInit & { headers?: Record<string, string> }, path = '') =>
    fetch(graph.url + path, { ...init, headers: { ...SIGNED_IN, ...init.headers } });
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    send({ method: 'POST', body: body as never, headers: { 'content-type': 'application/json', ...headers } });
  const bodyOf = async (response: Response) => JSON.parse(await response.text());

  it('passes the public audits', async () => {
    const results = await auditServer({
      url: graph.url,
      fetchFn: async (url: string, init: RequestInit = {}) =>
        fetch(url, {
          ...init,
          headers: { ...SIGNED_IN, 'apollo-require-preflight': '1', ...(init.headers as object) },
        }),
    });
    const by = (status: string): string[] =>
      results.filter((one) => one.status === status).map((one) => `${one.id} ${one.name}`);
    expect(by('error')).toEqual([]);
    expect(by('warn')).toEqual([]);
    expect(results).toHaveLength(61);
    expect(by('ok').length).toBeGreaterThanOrEqual(58);
    expect(by('ok').length + by('notice').length).toBe(61);
  });

  it.each([
    ['malformed JSON', '{"query": ', {}, 400, 'BAD_USER_INPUT'],
    ['a JSON array', '[{"query":"{version}"}]', {}, 400, 'BAD_USER_INPUT'],
    ['a JSON string', '"{version}"', {}, 400, 'BAD_USER_INPUT'],
    ['an empty body', '', {}, 400, 'BAD_USER_INPUT'],
    ['a deep body', `{"query":"{version}","variables":${'['.repeat(20_000)}`, {}, 400, 'BAD_USER_INPUT'],
    ['a large body', JSON.stringify({ query: `{version} #${'x'.repeat(66_000)}` }), {}, 413, 'LIMIT_EXCEEDED'],
    ['a million comments', JSON.stringify({ query: '#\n'.repeat(500_000) }), {}, 413, 'LIMIT_EXCEEDED'],
    ['UTF-7', '{"query":"{version}"}', { 'content-type': 'application/json; charset=utf-7' }, 415, 'BAD_USER_INPUT'],
    [
      'UTF-16',
      Buffer.from('{"query":"{version}"}', 'utf16le'),
      { 'content-type': 'application/json;charset="UTF-16LE"' },
      415,
      'BAD_USER_INPUT',
    ],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), {}, 415, 'BAD_USER_INPUT'],
    ['a compressed body', gzipSync('{"query":"{version}"}'), { 'content-encoding': 'gzip' }, 415, 'BAD_USER_INPUT'],
    ['text/plain', '{"query":"{version}"}', { 'content-type': 'text/plain' }, 400, 'BAD_USER_INPUT'],
    ['a form', 'query={version}', { 'content-type': 'application/x-www-form-urlencoded' }, 400, 'BAD_USER_INPUT'],
    ['a multipart form', '--x--', { 'content-type': 'multipart/form-data; boundary=x' }, 400, 'BAD_USER_INPUT'],
    [
      'a persisted query',
      '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
      {},
      400,
      'BAD_USER_INPUT',
    ],
    ['a query that is no text', '{"query":{"kind":"Document"}}', {}, 400, 'BAD_USER_INPUT'],
  ])('answers %s in GraphQL’s shape', async (_, body, headers, status, code) => {
    const response = await post(body, headers as Record<string, string>);
    expect(response.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
    const { errors, data } = await bodyOf(response);
    expect([response.status, errors[0].extensions.code, data]).toEqual([status, code, undefined]);
    expect(errors[0].message).toMatch(/[\u4e00-\u9fff]/);
  });

  it('keeps forged cross-site requests out', async () => {
    for (const headers of [{}, { 'content-type': 'text/plain' }, { 'content-type': '' }] as Record<string, string>[]) {
      const response = await send({ method: 'GET', headers }, '?query={version}');
      expect([400, 415]).toContain(response.status);
      expect((await bodyOf(response)).data).toBeUndefined();
    }
    const mutation = await send(
      { method: 'GET', headers: { 'apollo-require-preflight': '1' } },
      '?query=mutation{rename(id:"r1",name:"x"){id}}',
    );
    expect(mutation.status).toBe(405);
  });

  it('gives the same refusal however the path is written', async () => {
    for (const path of [
      '/graphql',
      '/graphql/',
      '/%67raphql',
      '//graphql',
      '/graphql;x',
      '/GRAPHQL',
      '/graphql%2F',
      '/./graphql',
    ]) {
      for (const method of ['POST', 'GET', 'HEAD', 'OPTIONS', 'PUT']) {
        const response = await fetch(new URL(graph.url).origin + path + (method === 'GET' ? '?query={version}' : ''), {
          method,
          headers: { 'content-type': 'application/json' },
          ...(method === 'POST' && { body: '{"query":"{version}"}' }),
        });
        expect([401, 404]).toContain(response.status);
        expect(await response.text()).not.toContain('"version"');
      }
    }
  });

  it('takes neither an identifier in a URL nor one written into a document', async () => {
    const query = 'query($idNumber: String!) { residentByIdNumber(idNumber: $idNumber) { id } }';
    const variables = { idNumber: '990101199003071233' };
    const url = `?query=${encodeURIComponent(query)}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
    const got = await bodyOf(await send({ method: 'GET', headers: { 'apollo-require-preflight': '1' } }, url));
    expect(got.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'IDENTIFIER_PLACE' });
    const other = encodeURIComponent('query($n: String!) { residentByIdNumber(idNumber: $n) { id } }');
    for (const n of ['990101199003071233', '990101 19900307 1233', '\\u0039\\u00390101199003071233']) {
      const hidden = await send(
        { method: 'GET', headers: { 'apollo-require-preflight': '1' } },
        `?query=${other}&variables=${encodeURIComponent(`{"n":"${n}"}`)}`,
      );
      expect((await bodyOf(hidden)).errors[0].extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        reason: 'IDENTIFIER_PLACE',
      });
    }
    const good = await graph.ask(query, variables);
    expect(good.body.data).toEqual({ residentByIdNumber: { id: 'r1' } });
    for (const literal of [
      '{ residentByIdNumber(idNumber: "x") { id } }',
      '{ residentByIdNumber(idNumber: """x""") { id } }',
      'query($n: String! = "x") { residentByIdNumber(idNumber: $n) { id } }',
      '{ residents(filter: { idNumber: "x" }) { totalCount } }',
      '{ residents(filter: { name: "990101199003071233" }) { totalCount } }',
      'query($f: ResidentFilter = { idNumber: "x" }) { residents(filter: $f) { totalCount } }',
    ]) {
      const answer = await graph.ask(literal);
      expect(answer.body.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'IDENTIFIER_LITERAL' });
      expect(answer.text).not.toContain('9901011990');
    }
  });

  it('takes no identifier in disguise as a case number', async () => {
    for (const caseNo of ['990101880902295', '990101 19880902 2958', 'A990101198809022958B']) {
      const refused = await bodyOf(
        await post('{"query":"{ resident(id: \\"r1\\") { id } }"}', { 'x-isthmus-case': caseNo }),
      );
      expect(refused.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'IDENTIFIER_PLACE' });
      expect(refused.errors[0].message).toContain('X-Isthmus-Case');
      expect(JSON.stringify(graph.ports.events)).not.toContain(caseNo);
    }
  });

  it('keeps the beginning of a purpose without end, and refuses a case number without end', async () => {
    await post('{"query":"{ resident(id: \\"r1\\") { id } }"}', { 'x-isthmus-purpose': 'x'.repeat(3000) });
    expect(graph.ports.events.at(-1)).toMatchObject({ purpose: 'x'.repeat(100) });
    const long = await bodyOf(
      await post('{"query":"{ resident(id: \\"r1\\") { id } }"}', { 'x-isthmus-case': 'C'.repeat(101) }),
    );
    expect(long.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'GRAPHQL_HEADER_LENGTH' });
  });

  it('reads case numbers in Chinese, as bytes and as RFC 8187', async () => {
    for (const value of [
      Buffer.from('民政2026-1号').toString('latin1'),
      `UTF-8''${encodeURIComponent('民政2026-1号')}`,
    ]) {
      await graph.ask('{ version }', {}, { 'x-isthmus-case': value });
      expect(graph.ports.events.at(-1)!.caseNo).toBe('民政2026-1号');
    }
  });

  it('tells a status apart only to clients that ask for the media type', async () => {
    const query = JSON.stringify({ query: '{ residents { nodes { id } } }' });
    const vendor = { authorization: 'Bearer vendor' };
    expect((await post(query, vendor)).status).toBe(200);
    const strict = await post(query, { ...vendor, accept: 'application/graphql-response+json' });
    expect([strict.status, strict.headers.get('content-type')]).toEqual([
      403,
      'application/graphql-response+json; charset=utf-8',
    ]);
    expect((await post('{"query":"{"}', { accept: 'application/graphql-response+json' })).status).toBe(400);
  });

  it('shows no page to a browser', async () => {
    const response = await send({ method: 'GET', headers: { accept: 'text/html' } });
    expect(response.headers.get('content-type')).not.toContain('html');
  });
});
