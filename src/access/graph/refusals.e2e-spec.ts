import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startGraph, type TestGraph } from './fixtures/start-graph.fixture.js';

const LEAKS = /ENOENT|secret|hunter2|SELECT|INSERT|node_modules|\.ts\b|\.js\b|\bat \/|Did you mean|stack/i;

describe.each(['hive', 'stitching'] as const)('what is refused and what fails on %s', (executor) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph({ executor, limits: { deadlineMs: 400 } });
  });
  afterAll(() => graph.close());
  beforeEach(() => {
    graph.ports.events.length = graph.ports.journal.length = graph.ports.failures.length = 0;
  });
  afterEach(() => {
    graph.ports.failEvidence = graph.ports.failCommit = false;
    graph.ports.answer = () => [];
    expect(graph.ports.open).toBe(0);
  });
  const codeOf = ({ body }: { body: { errors?: { extensions: { code: string } }[] } }) =>
    body.errors?.[0]?.extensions.code;

  it('lets nobody in without a valid token, and writes that down', async () => {
    const anonymous = await graph.ask('{ version }', {}, { authorization: undefined });
    expect([anonymous.status, codeOf(anonymous)]).toEqual([401, 'UNAUTHENTICATED']);
    expect(anonymous.body.data).toBeUndefined();
    for (const query of ['{ __schema { queryType { name } } }', '{ nonsense', '{ nothing }']) {
      const wrong = await graph.ask(query, {}, { authorization: 'Bearer nobody' });
      expect([wrong.status, codeOf(wrong)]).toEqual([401, 'UNAUTHENTICATED']);
    }
    expect(graph.ports.events).toHaveLength(4);
    expect(graph.ports.events[0]).toMatchObject({ code: 'graph.refused', actor: null, errorCode: 'UNAUTHENTICATED' });
  });

  it('keeps a row, and no word, of a document that cannot be read or does not fit', async () => {
    for (const query of ['{ nonsense', '{ nothingOfTheKind }', '{ resident(id: 990101198809022958 { id } }']) {
      expect(codeOf(await graph.ask(query))).toBe('BAD_USER_INPUT');
      expect(graph.ports.events).toMatchObject([
        { code: 'graph.refused', role: 'department', errorCode: 'BAD_USER_INPUT', operation: [], subjects: [] },
      ]);
      expect(JSON.stringify(graph.ports.events)).not.toMatch(/nonsense|nothingOfTheKind|9901011988/);
      graph.ports.events.length = 0;
    }
  });

  it('refuses by role and purpose before anything is read, with a row of its own', async () => {
    const vendor = await graph.ask('{ residents { nodes { id } } }', {}, { authorization: 'Bearer vendor' });
    expect(codeOf(vendor)).toBe('FORBIDDEN');
    const hidden = await graph.ask(
      'query { ...F } fragment F on Query { x: residents { nodes { id } } }',
      {},
      { authorization: 'Bearer vendor' },
    );
    expect(codeOf(hidden)).toBe('FORBIDDEN');
    const aimless = await graph.ask('{ resident(id: "r1") { name } }', {}, { 'x-isthmus-purpose': undefined });
    expect(codeOf(aimless)).toBe('PURPOSE_REQUIRED');
    expect(aimless.body.data).toBeUndefined();
    expect(graph.ports.events.map((event) => [event.code, event.decision, event.errorCode, event.operation])).toEqual([
      ['graph.refused', 'refused', 'FORBIDDEN', ['residents']],
      ['graph.refused', 'refused', 'FORBIDDEN', ['residents']],
      ['graph.refused', 'refused', 'PURPOSE_REQUIRED', ['resident']],
    ]);
    expect(graph.ports.journal.filter((line) => line.startsWith('SELECT'))).toEqual([]);
  });

  it.each(['failEvidence', 'failCommit'] as const)('lets no personal byte leave with %s', async (fault) => {
    graph.ports[fault] = true;
    const answer = await graph.ask('{ resident(id: "r1") { name subscriptions { label } } }');
    expect(codeOf(answer)).toBe('AUDIT_UNAVAILABLE');
    expect(answer.text).not.toMatch(/张三|Subscription_|r1/);
    expect(answer.body.data).toBeUndefined();
    expect(answer.text).not.toMatch(LEAKS);
    expect(graph.ports.events.filter(({ decision }) => decision === 'allowed').length).toBe(
      fault === 'failCommit' ? 1 : 0,
    );
    const refused = await graph.ask('{ residents { nodes { id } } }', {}, { authorization: 'Bearer vendor' });
    expect(codeOf(refused)).toBe('AUDIT_UNAVAILABLE');
  });

  it('says what the caller did wrong and keeps the rest of the answer', async () => {
    const { body } = await graph.ask('{ trouble(kind: "usage") version }');
    expect(body.data).toEqual({ trouble: null, version: '1' });
    expect(body.errors).toEqual([
      {
        message: '请求内容不正确:no such kind',
        path: ['trouble'],
        extensions: { code: 'BAD_USER_INPUT', cure: '改正后重试', requestId: body.extensions.operationId },
      },
    ]);
    expect(graph.ports.events).toMatchObject([
      { code: 'graph.read', decision: 'allowed', errorCode: 'BAD_USER_INPUT' },
    ]);
    const english = await graph.ask('{ trouble(kind: "usage") }', {}, { 'accept-language': 'fr, en;q=0.9' });
    expect(english.body.errors[0].message).toBe('The request is not correct: no such kind');
  });

  it('throws everything away when the transaction died, and records the failure apart', async () => {
    graph.ports.answer = (sql) => {
      if (sql === 'SELECT boom')
        throw Object.assign(new Error('relation "data.secret" does not exist'), { code: '42P01' });
      return [];
    };
    const answer = await graph.ask('{ resident(id: "r2") { name } trouble(kind: "sql") }');
    expect(answer.body).toEqual({ errors: [expect.objectContaining({ message: '内部错误' })] });
    expect(answer.text).not.toMatch(LEAKS);
    expect(graph.ports.events).toMatchObject([
      { code: 'graph.failed', decision: 'failed', errorCode: 'INTERNAL', subjects: ['r2'] },
    ]);
    expect(graph.ports.journal).toContain('rollback');
    expect(JSON.stringify(graph.ports.failures)).toContain('42P01');
    expect(JSON.stringify(graph.ports.failures)).not.toContain('data.secret');
  });

  it.each([
    ['40001', 'CONFLICT'],
    ['57014', 'LIMIT_EXCEEDED'],
    ['53300', 'INTERNAL'],
  ])('turns SQLSTATE %s into %s', async (state, code) => {
    graph.ports.answer = (sql) => {
      if (sql === 'SELECT boom') throw Object.assign(new Error('SELECT secret'), { code: state });
      return [];
    };
    const answer = await graph.ask('{ trouble(kind: "sql") }');
    expect(codeOf(answer)).toBe(code);
    expect(answer.text).not.toMatch(LEAKS);
  });

  it.each(['enoent', 'overflow'])('reveals nothing about %s', async (kind) => {
    const answer = await graph.ask('query($kind: String!) { trouble(kind: $kind) }', { kind });
    expect(codeOf(answer)).toBe('INTERNAL');
    expect(answer.text).not.toMatch(LEAKS);
    expect(graph.ports.failures).toHaveLength(1);
  });

  it('ends what takes too long', async () => {
    const answer = await graph.ask('{ trouble(kind: "slow") }');
    expect([codeOf(answer), answer.body.errors[0].extensions.reason]).toEqual(['LIMIT_EXCEEDED', 'GRAPHQL_DEADLINE']);
    expect(graph.ports.events).toMatchObject([{ code: 'graph.failed' }]);
  });

  it('commits a mutation with its row, and undoes one that failed', async () => {
    const done = await graph.ask('mutation { rename(id: "r2", name: "新") { name } }');
    expect(done.body.data).toEqual({ rename: { name: '新' } });
    expect(graph.ports.events).toMatchObject([{ code: 'graph.write', operation: ['rename'] }]);
    graph.ports.journal.length = 0;
    const undone = await graph.ask('mutation { rename(id: "r2", name: "") { name } }');
    expect([undone.body.data, codeOf(undone)]).toEqual([undefined, 'BAD_USER_INPUT']);
    expect(graph.ports.journal.filter((line) => !line.startsWith('begin'))).toEqual([
      'UPDATE residents',
      'rollback',
      'INSERT evidence',
      'commit',
    ]);
  });

  it('explains a wrong document without telling what else there is', async () => {
    const answer = await graph.ask('{ resident(id: "r1") { nam } }');
    expect([answer.status, codeOf(answer), answer.body.errors[0].extensions.reason]).toEqual([
      200,
      'BAD_USER_INPUT',
      'GRAPHQL_INVALID',
    ]);
    expect(answer.body.errors[0].locations).toEqual([{ line: 1, column: 24 }]);
    const kinds = await graph.ask('query($f: ResidentFilter) { residents(filter: $f) { totalCount } }', {
      f: { kind: 'LIVIN', name: '110101199003071234' },
    });
    expect(codeOf(kinds)).toBe('BAD_USER_INPUT');
    for (const { text } of [answer, kinds]) expect(text).not.toMatch(/Did you mean|LIVING|name"\?|110101/);
  });

  it('does not let entities and services of subgraphs be reached from outside', async () => {
    for (const query of [
      '{ _service { sdl } }',
      '{ _entities(representations: []) { __typename } }',
      '{ __type(name: "_Entity") { name } }',
    ]) {
      const { body } = await graph.ask(query);
      expect(body.data?.__type ?? null).toBeNull();
      expect(body.data?._service ?? body.data?._entities).toBeUndefined();
    }
    const { text } = await graph.ask('{ __schema { types { name fields { name } } directives { name } } }');
    expect(text).toContain('Resident');
    expect(text).not.toMatch(/join__|_entities|_service|link__|"_Any"/);
  });
});
