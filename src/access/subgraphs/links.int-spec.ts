import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '../../platform/kernel/index.js';
import { LinkService } from '../../pipeline/link/index.js';
import { UnifyService } from '../../pipeline/unify/index.js';
import { villageGraph, type VillageGraph } from './fixtures/graph.fixture.js';
import { ID_NUMBER, village, type Village } from './fixtures/village.fixture.js';

const HISTORY = `query H($id: ID!) { resident(id: $id) { id name history { at event run rule source otherResident } } }`;
const LINKS = `query L($id: ID!) { residentLinks(resident: $id) { resident source personKey rule with } }`;
const UNDO = `mutation U($id: ID!, $member: LinkMemberInput!, $reason: String!) {
  undoLink(resident: $id, member: $member, reason: $reason) { kind decision member { source personKey } residents pairs } }`;
const DECIDE = `mutation D($id: ID!, $decision: LinkDecision!, $reason: String!) {
  decideReview(id: $id, decision: $decision, reason: $reason) { kind decision review pairs } }`;

describe('links in the graph', () => {
  let town: Village;
  let graph: VillageGraph;
  let resident: string;
  const carryOut = async (): Promise<void> => {
    await new LinkService(town.db.database, town.keyring).drain();
    await new UnifyService(town.db.database).drain();
  };
  const told = async (id = resident, purpose = 'assistance-eligibility') =>
    (await graph.ask('department', HISTORY, { id }, purpose)).body;

  beforeAll(async () => {
    town = await village();
    graph = await villageGraph(town);
    // The village's links were put there by hand; here the rules make them.
    await town.db.admin('DELETE FROM data.resident_member');
    await town.db.admin('DELETE FROM data.resident');
    await town.db.admin('DELETE FROM data.review_item');
    await town.db.admin(
      `UPDATE data.person SET birth_date = '1950-02-03', mobile = '13900000002', sex = '1' WHERE name = '王建国'`,
    );
    const civil = `stream, key, part, person_key, n, version, run, recorded_at, hash, name, birth_date, mobile`;
    await town.db.admin(
      `INSERT INTO data.person (${civil}) VALUES (9, 'x1', 'man', 'c1', 1, 1, 9, now(), '\\x01', '王建国', '1950-02-03', '13900000002')`,
    );
    await town.db.admin(
      `INSERT INTO control.change_outbox (stream, run, page, op, keys)
       SELECT stream, run, 1, 'upsert', array_agg(key) FROM data.person GROUP BY stream, run`,
    );
    await carryOut();
    [{ resident }] = (await town.db.admin<{ resident: string }>(
      `SELECT resident FROM data.resident_member WHERE source = 'police' AND person_key = 'p1'`,
    )) as [{ resident: string }];
  });
  afterAll(async () => {
    await graph?.close();
    await town?.db.close();
  });

  it('stewards see why records are one person; a department does not, and a vendor orders nothing', async () => {
    const { body } = await graph.ask('steward', LINKS, { id: resident }, null);
    expect(body.errors).toBeUndefined();
    expect(body.data.residentLinks.map(({ source, rule }: Record<string, string>) => `${source} ${rule}`)).toEqual([
      'civil name-birth-phone',
      'police name-birth-phone',
      'property name-birth-phone',
      'telecom name-birth-phone',
    ]);
    const reason = { id: resident, member: { source: 'telecom', personKey: 't1' }, reason: '卷宗' };
    for (const role of ['department', 'vendor', 'operator', 'auditor'] as const)
      expect((await graph.ask(role, UNDO, reason, null)).body.errors[0].extensions.code).toBe('FORBIDDEN');
    expect((await graph.ask('department', LINKS, { id: resident }, null)).body.errors[0].extensions.code).toBe(
      'FORBIDDEN',
    );
  });

  it('history names a register only to whom its records may be known', async () => {
    const open = await told(resident, 'assistance-eligibility');
    expect(open.errors).toBeUndefined();
    const sources = (body: typeof open) =>
      body.data.resident.history.map(({ event, source }: Record<string, string>) => `${event} ${source ?? ''}`.trim());
    expect(sources(open)[0]).toBe('CREATED');
    expect(sources(open).slice(1).sort()).toEqual([
      'MEMBER_JOINED civil',
      'MEMBER_JOINED police',
      'MEMBER_JOINED property',
      'MEMBER_JOINED telecom',
    ]);
  });

  it('nothing about where residents come from tells whom a hidden register knows', async () => {
    const ALL = `{ residents(first: 100) { nodes { id idNumber history { event run source }
      provenance { field source adapterVersion mappingVersion observedAt asOf }
      conflicts { chosen values { source asOf } } } } }`;
    for (const purpose of ['residence-check', 'emergency-contact']) {
      const { body } = await graph.ask('department', ALL, undefined, purpose);
      expect(body.errors).toBeUndefined();
      expect(body.data.residents.nodes.length).toBeGreaterThan(1);
      for (const { history, provenance, conflicts } of body.data.residents.nodes) {
        expect(history).toBeNull();
        expect(provenance.length).toBeGreaterThan(0);
        for (const { field: _, ...origin } of provenance) expect(Object.values(origin).filter(Boolean)).toEqual([]);
        for (const { chosen, values } of conflicts)
          expect([chosen, ...values.flatMap((one: object) => Object.values(one))].filter(Boolean)).toEqual([]);
      }
      for (const field of ['history', 'provenance', 'conflicts']) {
        const path = ['residents', 'nodes', field];
        const entries = body.extensions.disclosure.filter((one: { path: string[] }) => `${one.path}` === `${path}`);
        expect(entries).toEqual([
          {
            ...{ path, access: field === 'history' ? 'WITHHELD' : 'MASKED', rule: 'purpose-does-not-name-record' },
            ...{ level: 4, asOf: null, stale: false, unlock: expect.stringContaining('assistance-eligibility') },
          },
        ]);
      }
    }
    const elderly = await graph.ask('department', ALL, undefined, 'elderly-care');
    expect(elderly.body.data.residents.nodes[0].provenance).toContainEqual(
      expect.objectContaining({ source: expect.any(String) }),
    );
  });

  it('an undone link stays undone, the history says so, and the evidence names who and why', async () => {
    const asked = { id: resident, member: { source: 'telecom', personKey: 't1' }, reason: '卷宗 7 号:同名不同人' };
    const { body } = await graph.ask('steward', UNDO, asked, null);
    expect(body.errors).toBeUndefined();
    expect(body.data.undoLink).toEqual({
      ...{ kind: 'undo', decision: 'DIFFERENT', member: asked.member, residents: [resident], pairs: 3 },
    });
    await carryOut();
    const history = (await told()).data.resident.history;
    const of = (event: string) => history.filter((one: { event: string }) => one.event === event);
    expect(of('LINK_UNDONE')).toMatchObject([{ source: 'telecom', rule: 'DIFFERENT' }]);
    const [{ resident: other }] = (await graph.ask('steward', LINKS, { id: of('SPLIT')[0].otherResident }, null)).body
      .data.residentLinks;
    expect(of('MEMBER_LEFT')).toMatchObject([{ source: 'telecom', otherResident: other }]);
    expect((await told(other)).data.resident.history).toMatchObject([
      { event: 'CREATED' },
      { event: 'SPLIT', otherResident: resident },
      { event: 'MEMBER_JOINED', source: 'telecom' },
    ]);
    const [row] = await town.db.admin<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM ledger.event WHERE code = 'LINK_UNDONE'`,
    );
    expect(JSON.parse(row!.body)).toMatchObject({ person: '测试经办', unit: '测试单位', reason: asked.reason });
    const lost = await graph.ask('steward', UNDO, { ...asked, id: uuidv7() }, null);
    expect(lost.body.errors[0].extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'LINK_UNKNOWN' });
    const named = await graph.ask('steward', UNDO, { ...asked, reason: ID_NUMBER }, null);
    expect(named.body.errors[0].extensions.reason).toBe('LINK_REASON_UNFIT');
  });

  it('a doubt is decided once, and the id of a merged resident answers the survivor', async () => {
    const review = `{ reviewItems { nodes { id reason } } }`;
    // What was to be compared is another now: the parted record says no sex.
    await town.db.admin(`UPDATE data.person SET sex = NULL WHERE stream = 6`);
    await town.db.admin(
      `INSERT INTO control.change_outbox (stream, run, page, op, keys) VALUES (6, 6, 1, 'upsert', '{t1}')`,
    );
    await carryOut();
    const { nodes } = (await graph.ask('steward', review, undefined, null)).body.data.reviewItems;
    expect(nodes).toMatchObject([{ reason: 'decided-apart' }]);
    const [{ resident: younger }] = (await town.db.admin<{ resident: string }>(
      `SELECT resident FROM data.resident_member WHERE source = 'telecom'`,
    )) as [{ resident: string }];
    const decision = { id: nodes[0].id, decision: 'SAME', reason: '卷宗 8 号:查实为同一人' };
    const { body } = await graph.ask('supervisor', DECIDE, decision, null);
    expect(body.data.decideReview).toMatchObject({ kind: 'review', decision: 'SAME', review: decision.id });
    await carryOut();
    expect((await graph.ask('steward', review, undefined, null)).body.data.reviewItems.nodes).toEqual([]);
    const survivor = (await told(younger)).data.resident;
    expect(survivor.id).toBe(resident);
    expect(survivor.history).toContainEqual(expect.objectContaining({ event: 'MERGED', otherResident: younger }));
    expect(survivor.history).toContainEqual(
      expect.objectContaining({ event: 'REVIEW_DECIDED', rule: 'SAME', otherResident: younger }),
    );
    const missing = await graph.ask('supervisor', DECIDE, { ...decision, id: 'x' }, null);
    expect(missing.body.errors[0].extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'REVIEW_UNKNOWN' });
  });
});
