import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Answer, type Inquirer, runningGraph, type RunningGraph } from '../kit/graph.js';
import { evidenceOf, type EvidenceUnion } from '../kit/evidence.js';
import { syncedTown, type SyncedTown } from '../kit/synced-town.js';
import { TelecomProcess } from '../kit/telecom-process.js';
import { until } from '../kit/until.js';

jest.setTimeout(180_000);

const RESIDENT = `fragment Whole on Resident {
  id name sex birthDate idNumber mobile maritalStatus ethnicity
  registration { householdNo division addressText moveInDate }
  household { householdNo members { relationToHead resident { name subscriptions { msisdn } } } }
  occupancies { role isPrimary dwelling { estate building room } }
  subscriptions { id msisdn productName productType status statusReason startDate terminationDate installAddress
    provenance { field source adapterVersion mappingVersion observedAt asOf state } }
  marriages { operation operationDate partnerName partnerIdNumber }
  assistance { category amount payMonth }
  provenance { field source state } conflicts { field chosen reason values { source value } }
}`;
const ONE = `query One($id: ID!) { resident(id: $id) { ...Whole } } ${RESIDENT}`;
const LIST = `query List($after: String) { residents(first: 25, after: $after) { totalCount pageInfo { hasNextPage endCursor }
  nodes { ...Whole } } } ${RESIDENT}`;
/** Neither ids nor keys are asked for: what the plan adds to fetch from another process must not show anywhere. */
const BARE = `query Bare($id: ID!) { resident(id: $id) { lines: subscriptions { number: msisdn status } name } }`;
const TWICE = `query Twice($a: ID!, $b: ID!) { a: resident(id: $a) { subscriptions { msisdn productType } }
  b: resident(id: $b) { name subscriptions { status } } }`;

/** Each masks or withholds other things. */
const PURPOSES = ['assistance-eligibility', 'residence-check', 'emergency-contact'];
const department = (purpose: string): Inquirer => ({ role: 'department', purpose });

describe('the telecom subgraph in an HTTP process of its own', () => {
  let town: SyncedTown;
  /** Residents whom all four systems know. */
  let known: string[];

  beforeAll(async () => {
    town = await syncedTown({ people: 60, seed: 7 });
    const rows = await town.db.admin<{ resident: string }>(
      `SELECT m.resident FROM data.resident_member m JOIN data.telecom_subscription t ON t.person_key = m.person_key
       WHERE m.resident IN (SELECT resident FROM data.resident_member GROUP BY resident HAVING count(DISTINCT source) = 4)
       GROUP BY m.resident ORDER BY count(*) DESC, m.resident`,
    );
    known = rows.map(({ resident }) => resident);
    expect(known.length).toBeGreaterThan(1);
  });
  afterAll(() => town?.close());

  describe.each(['hive', 'stitching'] as const)('with the executor %s', (executor) => {
    const process_ = { current: null as TelecomProcess | null };
    let here: RunningGraph;
    let away: RunningGraph;

    beforeAll(async () => {
      process_.current = new TelecomProcess(town);
      await process_.current.start();
      here = await runningGraph(town, { executor });
      away = await runningGraph(town, { executor, remotes: [await process_.current.endpoint()] });
    });
    afterAll(async () => {
      await Promise.all([here?.close(), away?.close()]);
      await process_.current?.kill();
    });

    /** Asks both; the second answer is the one of the graph whose telecom is away. */
    const both = (who: Inquirer, query: string, variables?: object): Promise<[Answer, Answer]> =>
      Promise.all([here.ask(who, query, variables), away.ask(who, query, variables)]);
    const evidence = (answer: Answer): Promise<EvidenceUnion> =>
      evidenceOf(town.db, answer.body.extensions.operationId);
    const expectEqual = async (one: Answer, two: Answer): Promise<void> => {
      expect(one.body.errors).toBeUndefined();
      expect(two.status).toBe(one.status);
      expect(two.body).toEqual({
        ...one.body,
        extensions: { ...one.body.extensions, operationId: expect.any(String) },
      });
      expect((await evidence(two)).said).toEqual((await evidence(one)).said);
    };

    it('runs in another process', () => {
      expect(process_.current?.pid).toEqual(expect.any(Number));
      expect(process_.current?.pid).not.toBe(process.pid);
    });

    it.each(PURPOSES)('answers, discloses and is evidenced as in process (one resident, %s)', async (purpose) => {
      const [one, two] = await both(department(purpose), ONE, { id: known[0] });
      expect(one.body.data.resident).toMatchObject({
        subscriptions: expect.arrayContaining([expect.objectContaining({ productType: expect.any(String) })]),
        registration: { householdNo: expect.any(String) },
      });
      const states = one.body.extensions.disclosure.map(({ access }: { access: string }) => access);
      expect(states).toEqual(expect.arrayContaining(['MASKED', 'WITHHELD']));
      expect(one.body.extensions.disclosure.some(({ path }: { path: string[] }) => path[1] === 'subscriptions')).toBe(
        true,
      );
      await expectEqual(one, two);
    });

    it('so it does for a list, page by page', async () => {
      let after: string | null = null;
      let lines = 0;
      do {
        const [one, two]: [Answer, Answer] = await both(department('residence-check'), LIST, { after });
        await expectEqual(one, two);
        const { nodes, pageInfo } = one.body.data.residents;
        for (const { subscriptions } of nodes as { subscriptions: unknown[] }[]) lines += subscriptions.length;
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after);
      expect(lines).toBeGreaterThan(20);
    });

    it('so it does under aliases, without ids and twice in one question', async () => {
      await expectEqual(...(await both(department('residence-check'), BARE, { id: known[0] })));
      await expectEqual(...(await both(department('elderly-care'), TWICE, { a: known[0], b: known[1] })));
      const nobody = '01900000-0000-7000-8000-000000000000';
      await expectEqual(...(await both(department('elderly-care'), ONE, { id: nobody })));
    });

    it('says in the evidence what left the process, before it left', async () => {
      const { rows } = await evidence(await away.ask(department('residence-check'), BARE, { id: known[0] }));
      const pseudonym = town.keyring.pseudonym(known[0]!);
      const intent = rows.find(({ reason }) => reason === 'INTENT');
      expect(intent).toMatchObject({ sources: ['telecom'], subjects: [pseudonym] });
      const remote = rows.find(({ fields }) => !fields.some((field) => field.startsWith('Query.')));
      expect(remote).toMatchObject({ subjects: [pseudonym], reason: null });
      expect(remote!.fields).toEqual(expect.arrayContaining(['Resident.subscriptions', 'TelecomSubscription.msisdn']));
      expect(remote!.fields).not.toContain('Resident.name');
      for (const row of rows)
        expect(row).toMatchObject({ person: '测试经办', purpose: 'residence-check', caseNo: 'TEST-2026-1' });
    });

    it('is not asked where the policy refuses', async () => {
      const refused = await both({ role: 'vendor' }, ONE, { id: known[0] });
      for (const { body } of refused) expect(body.errors[0].extensions.code).toBe('FORBIDDEN');
      expect(refused[1].body.data ?? null).toEqual(refused[0].body.data ?? null);
      const vague = await both({ role: 'department' }, ONE, { id: known[0] });
      for (const { body } of vague) expect(body.errors[0].extensions.code).toBe('PURPOSE_REQUIRED');
    });

    it('marks what it keeps of a stopped source as in process', async () => {
      const ask = (): Promise<[Answer, Answer]> => both(department('residence-check'), ONE, { id: known[0] });
      const stale = ({ body }: Answer): string[] =>
        body.extensions.disclosure
          .filter((entry: { stale: boolean }) => entry.stale)
          .map(({ path }: { path: string[] }) => path.join('.'));
      // Each process remembers the states of the sources for a second of its own.
      const turn = async (state: 'ok' | 'failed', shows: boolean): Promise<[Answer, Answer]> => {
        await town.db.admin(`UPDATE control.source SET check_state = $1 WHERE id = 'telecom'`, [state]);
        return until(`telecom to be ${shows ? 'stale' : 'fresh'} in both processes`, async () => {
          const [one, two] = await ask();
          const paths = stale(one);
          const known = paths.includes('resident.subscriptions.msisdn') === shows;
          return known && paths.join() === stale(two).join() && [one, two];
        });
      };
      try {
        await expectEqual(...(await turn('failed', true)));
      } finally {
        await turn('ok', false);
      }
    });

    it('costs nothing but its own fields when it is killed, and is back when it is back', async () => {
      const asked: [Inquirer, string, object] = [department('assistance-eligibility'), ONE, { id: known[0] }];
      await process_.current!.kill();
      const [whole, partial] = await both(...asked);
      const without = structuredClone(whole.body.data.resident);
      without.subscriptions = null;
      for (const { resident } of without.household?.members ?? []) if (resident) resident.subscriptions = null;
      expect(partial.body.data.resident).toEqual(without);
      expect(
        new Set(partial.body.errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)),
      ).toEqual(new Set(['SOURCE_UNAVAILABLE']));
      const of = ({ body }: Answer, telecom: boolean): { path: string[] }[] =>
        body.extensions.disclosure.filter(({ path }: { path: string[] }) => path.includes('subscriptions') === telecom);
      expect(of(partial, false)).toEqual(of(whole, false));
      expect(of(partial, true)).toContainEqual(
        expect.objectContaining({
          path: ['resident', 'subscriptions'],
          state: 'SOURCE_UNAVAILABLE',
          rule: 'subgraph-unreachable',
        }),
      );
      const [before, after] = [(await evidence(whole)).said, (await evidence(partial)).said];
      expect(after).toEqual({ ...before, unavailable: ['telecom'] });

      const list = await away.ask(department('residence-check'), LIST);
      const { nodes } = list.body.data.residents;
      expect(nodes.length).toBe(25);
      for (const node of nodes) expect(node).toMatchObject({ name: expect.any(String), subscriptions: null });

      await process_.current!.start();
      await expectEqual(...(await both(...asked)));
    });
  });
});
