import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { villageGraph, type VillageGraph } from './fixtures/graph.fixture.js';
import { village, type Village } from './fixtures/village.fixture.js';

const WHOLE = `query One($id: ID!) { resident(id: $id) {
  id name sex birthDate idNumber ethnicity maritalStatus mobile deathDate
  registration { householdNo division addressText moveInDate provenance { field source } }
  household { householdNo members { relationToHead isHead resident { id name } } }
  occupancies { role isPrimary dwelling { id estate area } resident { id } }
  subscriptions { msisdn productType status provenance { field source adapterVersion observedAt asOf state } }
  marriages { operation operationDate registryOrg partnerName partnerIdNumber }
  assistance { category amount payMonth }
  provenance { field source adapterVersion observedAt asOf state }
  conflicts { field chosen reason values { source value asOf } }
} }`;

describe('the subgraphs over a village', () => {
  let town: Village;
  let graph: VillageGraph;
  beforeAll(async () => {
    town = await village();
    graph = await villageGraph(town);
  });
  afterAll(async () => {
    await graph?.close();
    await town?.db.close();
  });
  const said = (body: { extensions: { disclosure: { path: string[] }[] } }, path: string) =>
    body.extensions.disclosure.filter((entry) => entry.path.join('.') === path);

  it('answer one resident from all four systems', async () => {
    const { body } = await graph.ask('department', WHOLE, { id: town.resident });
    expect(body.errors).toBeUndefined();
    const { resident } = body.data;
    expect(resident).toMatchObject({
      name: '王建国',
      birthDate: '1950-02-03',
      idNumber: expect.stringMatching(/^9901\*+0013$/),
      ethnicity: null,
      maritalStatus: '20',
      mobile: '13900000002',
      registration: { householdNo: 'H0001', moveInDate: '1999-05-06' },
      household: {
        householdNo: 'H0001',
        members: [
          { isHead: true, resident: { id: town.resident, name: '王建国' } },
          { isHead: false, resident: { id: town.neighbour, name: '李秀英' } },
        ],
      },
      occupancies: [
        {
          role: 'owner',
          dwelling: { id: town.dwelling, estate: '阳光花园', area: '89.5' },
          resident: { id: town.resident },
        },
      ],
      subscriptions: [{ msisdn: '13900000002', status: 'active' }],
      marriages: [
        {
          operation: 'IA',
          operationDate: '1975-10-01',
          partnerName: '李秀英',
          partnerIdNumber: expect.stringMatching(/^9901\*+0023$/),
        },
      ],
      assistance: [{ category: 'DB_C', amount: '650.50', payMonth: '2026-09' }],
    });
    expect(JSON.stringify(body)).not.toContain(town.idNumber);
    expect(JSON.stringify(body)).not.toContain(town.wifeNumber);
  });

  it('say where each field comes from and where the sources differ', async () => {
    const { body } = await graph.ask('department', WHOLE, { id: town.resident });
    const { provenance, conflicts, subscriptions } = body.data.resident;
    expect(provenance).toContainEqual({
      field: 'name',
      source: 'police',
      adapterVersion: '1.2.0',
      observedAt: '2026-10-31T00:00:00.000Z',
      asOf: '2026-10-31T00:00:00.000Z',
      state: 'VALUE',
    });
    expect(provenance.map(({ field }: { field: string }) => field)).not.toContain('ethnicity');
    expect(conflicts).toEqual([
      {
        field: 'sex',
        chosen: 'police',
        reason: 'authority',
        values: [
          { source: 'police', value: '1', asOf: '2026-10-31T00:00:00.000Z' },
          { source: 'telecom', value: '2', asOf: '2026-10-31T00:00:00.000Z' },
        ],
      },
    ]);
    expect(subscriptions[0].provenance).toContainEqual(
      expect.objectContaining({ field: 'msisdn', source: 'telecom', state: 'VALUE' }),
    );
  });

  it('disclose what is masked, withheld, kept or absent', async () => {
    const { body } = await graph.ask('department', WHOLE, { id: town.resident });
    expect(said(body, 'resident.idNumber')).toMatchObject([{ state: 'VALUE', access: 'MASKED', level: 4 }]);
    const [ethnicity] = said(body, 'resident.ethnicity');
    expect(ethnicity).toMatchObject({ access: 'WITHHELD', rule: 'purpose-does-not-name-field' });
    expect(ethnicity).not.toHaveProperty('state');
    expect(said(body, 'resident.mobile')).toMatchObject([{ state: 'VALUE', stale: true, rule: 'masked-now' }]);
    expect(said(body, 'resident.deathDate')).toMatchObject([{ state: 'ABSENT', access: 'SHOWN' }]);
    expect(said(body, 'resident.name')).toEqual([]);
  });

  it('withhold a sensitive record whole where the purpose does not name it', async () => {
    const { body } = await graph.ask('department', WHOLE, { id: town.resident }, 'residence-check');
    expect(body.data.resident).toMatchObject({
      name: '王建国',
      marriages: null,
      assistance: null,
      maritalStatus: null,
    });
    expect(said(body, 'resident.marriages')).toMatchObject([
      { access: 'WITHHELD', unlock: 'purpose=assistance-eligibility,emergency-contact' },
    ]);
    expect(body.data.resident.provenance.map(({ field }: { field: string }) => field)).not.toContain('maritalStatus');
  });

  it('find residents by name, phone and number, and refuse what cannot be read', async () => {
    const find = async (query: string, variables?: object) => (await graph.ask('department', query, variables)).body;
    const list = `query L($f: ResidentFilter, $a: String) { residents(filter: $f, first: 1, after: $a) {
      nodes { id } pageInfo { hasNextPage endCursor } totalCount totalCountCapped } }`;
    const first = (await find(list)).data.residents;
    expect(first).toMatchObject({ nodes: [{ id: town.resident }], totalCount: 2, totalCountCapped: false });
    const audit = await graph.ask('auditor', '{ auditRows(first: 1) { nodes { subjects } } }', undefined, null);
    expect(audit.body.data.auditRows.nodes[0].subjects).toEqual([town.keyring.pseudonym(town.resident)]);
    expect((await find('{ residents { totalCount } }')).data.residents).toEqual({ totalCount: 2 });
    const counted = await graph.ask(
      'auditor',
      '{ auditRows(first: 1) { nodes { operation subjects } } }',
      undefined,
      null,
    );
    expect(counted.body.data.auditRows.nodes[0]).toEqual({ operation: 'residents', subjects: [] });
    const second = (await find(list, { a: first.pageInfo.endCursor })).data.residents;
    expect(second).toMatchObject({ nodes: [{ id: town.neighbour }], pageInfo: { hasNextPage: false } });
    for (const filter of [
      { namePrefix: '王' },
      { name: '王建国' },
      { phone: '+86 139-0000-0002' },
      { birthDate: '1950-02' },
      { sex: '1' },
    ])
      expect((await find(list, { f: filter })).data.residents.nodes).toEqual([{ id: town.resident }]);
    expect((await find(list, { f: { namePrefix: '%' } })).data?.residents.nodes ?? []).toEqual([]);
    const married = { f: { maritalStatus: '20' } };
    expect((await find(list, married)).data.residents.nodes).toEqual([{ id: town.resident }]);
    const hidden = await graph.ask('department', list, married, 'residence-check');
    expect(hidden.body.errors[0].extensions.code).toBe('FIELD_WITHHELD');
    const byNumber = `query N($n: String!) { residentByIdNumber(idNumber: $n) { id } }`;
    expect((await find(byNumber, { n: ` ${town.idNumber} ` })).data.residentByIdNumber).toEqual({ id: town.resident });
    expect((await find(byNumber, { n: '990101195002030021' })).data.residentByIdNumber).toBeNull();
    expect((await find(byNumber, { n: '12' })).errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect((await find(list, { a: 'x' })).errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect((await find('{ residents(first: 201) { nodes { id } } }')).errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
  });

  it('find dwellings and households', async () => {
    const { body } = await graph.ask(
      'department',
      `query D($d: ID!, $h: ID!) { dwellings(filter: {estate: "阳光花园", building: "3"}) { nodes { id } totalCount }
        dwelling(id: $d) { room occupancies { role resident { name } } }
        household(id: $h) { headName members { resident { name } } } }`,
      { d: town.dwelling, h: town.household },
    );
    expect(body.errors).toBeUndefined();
    expect(body.data).toEqual({
      dwellings: { nodes: [{ id: town.dwelling }], totalCount: 1 },
      dwelling: { room: '501', occupancies: [{ role: 'owner', resident: { name: '王建国' } }] },
      household: { headName: '王建国', members: [{ resident: { name: '王建国' } }, { resident: { name: '李秀英' } }] },
    });
  });

  it('give nothing personal to the other roles, and each what is his', async () => {
    for (const role of ['vendor', 'auditor', 'supervisor', 'operator', 'steward'] as const)
      expect((await graph.ask(role, '{ residents { nodes { id } } }')).body.errors[0].extensions.code).toBe(
        'FORBIDDEN',
      );
    const noPurpose = await graph.ask('department', '{ residents { nodes { id } } }', undefined, null);
    expect(noPurpose.body.errors[0].extensions.code).toBe('PURPOSE_REQUIRED');
    const curious = await graph.ask('department', '{ residents { nodes { id } } }', undefined, 'curiosity');
    expect(curious.body.errors[0]).toMatchObject({
      message: expect.stringMatching(/curiosity.*elderly-care/),
      extensions: { code: 'PURPOSE_REQUIRED', reason: 'PURPOSE_UNKNOWN' },
    });
    const audit = `{ auditRows(first: 5) { nodes { time who unit purpose case operation fields subjects decision } totalCount } }`;
    expect((await graph.ask('department', audit)).body.errors[0].extensions.code).toBe('FORBIDDEN');
    const lost = await graph.ask('auditor', '{ auditRows(after: "x") { nodes { id } } }', undefined, null);
    expect(lost.body.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', reason: 'CURSOR_UNREADABLE' } });
    const { body } = await graph.ask('auditor', audit, undefined, null);
    expect(body.errors).toBeUndefined();
    const pseudonym = town.keyring.pseudonym(town.resident);
    const about = `query A($s: String!) { auditRows(filter: {subject: $s}, first: 1) { nodes {
      who purpose case operation fields subjects decision } } }`;
    const [row] = (await graph.ask('auditor', about, { s: pseudonym }, null)).body.data.auditRows.nodes;
    expect(row).toMatchObject({ who: '测试经办', purpose: 'assistance-eligibility', case: 'C-1', decision: 'ALLOW' });
    expect(row.subjects).toContain(pseudonym);
    expect(body.data.auditRows.totalCount).toBeGreaterThan(3);
  });

  it('show the exchange to auditors and vendors', async () => {
    const query = `{ sources { id domain state asOf lagSeconds records quarantined }
      syncRuns(source: "telecom", first: 1) { nodes { id source stream mode state startedAt endedAt balanced
        counts { read created updated liveBefore liveAfter } sourceDigest storeDigest origin error } pageInfo { hasNextPage } } syncRun(id: 7) { id } }`;
    const { body } = await graph.ask('auditor', query, undefined, null);
    expect(body.errors).toBeUndefined();
    expect(body.data.sources).toContainEqual(
      expect.objectContaining({ id: 'telecom', domain: 'telecom', state: 'OK', records: 2, quarantined: 1 }),
    );
    expect(body.data.syncRuns).toMatchObject({
      nodes: [{ id: '7', stream: 'products', state: 'SUCCEEDED', sourceDigest: 'beef', counts: { liveAfter: 1 } }],
      pageInfo: { hasNextPage: true },
    });
    const vendor = await graph.ask(
      'vendor',
      '{ quarantine(source: "telecom") { nodes { key reason pointer } totalCount } }',
      undefined,
      null,
    );
    expect(vendor.body.data.quarantine).toEqual({
      nodes: [{ key: 's9', reason: 'MAPPING_UNKNOWN_CODE', pointer: '/status' }],
      totalCount: 1,
    });
    const review = await graph.ask(
      'steward',
      '{ reviewItems { nodes { reason members { source personKey } } } }',
      undefined,
      null,
    );
    expect(review.body.data.reviewItems.nodes).toEqual([
      { reason: 'same-number-other-name', members: [{ source: 'police', personKey: 'p2' }] },
    ]);
  });

  it('start and cancel a sync, with evidence', async () => {
    const started = await graph.ask(
      'supervisor',
      'mutation { startSync(source: "civil") { id state stream } }',
      undefined,
      null,
    );
    expect(started.body.errors).toBeUndefined();
    const runs = started.body.data.startSync;
    expect(runs.map(({ state }: { state: string }) => state)).toEqual(['QUEUED', 'QUEUED']);
    const { body } = await graph.ask(
      'supervisor',
      'mutation C($id: ID!) { cancelSync(id: $id) { id state } }',
      { id: runs[0].id },
      null,
    );
    expect(body.data.cancelSync).toEqual({ id: runs[0].id, state: 'CANCELLED' });
    const again = await graph.ask(
      'supervisor',
      'mutation C($id: ID!) { cancelSync(id: $id) { id state } }',
      { id: runs[0].id },
      null,
    );
    expect(again.body.errors[0].extensions).toMatchObject({
      code: 'CONFLICT',
      reason: 'RUN_ENDED',
      cure: expect.stringMatching(/\S/),
    });
    const unknown = await graph.ask('supervisor', 'mutation { startSync(source: "nobody") { id } }', undefined, null);
    expect(unknown.body.errors[0].extensions.code).toBe('NOT_FOUND');
    const events = await town.db.admin(`SELECT code FROM ledger.event WHERE code LIKE 'SYNC_%' ORDER BY at`);
    expect(events).toEqual([{ code: 'SYNC_STARTED' }, { code: 'SYNC_CANCELLED' }]);
  });

  it('keep the values of a source that is down and say so', async () => {
    await town.db.admin(`UPDATE control.source SET check_state = 'failed' WHERE id = 'telecom'`);
    const deadline = Date.now() + 10_000;
    let body = (await graph.ask('department', WHOLE, { id: town.resident })).body;
    while (said(body, 'resident.subscriptions.msisdn').length === 0 && Date.now() < deadline)
      body = (await graph.ask('department', WHOLE, { id: town.resident })).body;
    expect(body.data.resident.subscriptions).toMatchObject([{ msisdn: '13900000002' }]);
    expect(said(body, 'resident.subscriptions.msisdn')).toMatchObject([
      { state: 'VALUE', access: 'SHOWN', stale: true, asOf: '2026-10-31T00:00:00.000Z' },
    ]);
    expect(said(body, 'resident.registration.addressText')).toEqual([]);
    expect(said(body, 'resident.name')).toEqual([]);
    const other = (await graph.ask('department', WHOLE, { id: town.neighbour })).body;
    expect(other.data.resident.subscriptions).toBeNull();
    expect(said(other, 'resident.subscriptions')).toMatchObject([{ state: 'SOURCE_UNAVAILABLE', access: 'SHOWN' }]);
    expect(other.data.resident.occupancies).toEqual([]);
    await town.db.admin(`UPDATE control.source SET removed_at = now() WHERE domain = 'telecom'`);
    const absent = async () => {
      const asked = (await graph.ask('department', WHOLE, { id: town.neighbour })).body;
      expect(asked.data.resident.subscriptions).toBeNull();
      return said(asked, 'resident.subscriptions')[0]!;
    };
    while (((await absent()) as { state?: string }).state !== 'ABSENT' && Date.now() < deadline);
    expect(await absent()).toMatchObject({ state: 'ABSENT', access: 'SHOWN', rule: 'no-source' });
  });
});
