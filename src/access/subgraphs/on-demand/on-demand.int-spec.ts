import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ledgerEvidence } from '../../../app/runtime/evidence.js';
import { type AdapterManifest, splitSecrets } from '../../../pipeline/adapter-kit/index.js';
import { loadAdapter } from '../../../pipeline/conform/index.js';
import { OnDemandDesk } from '../../../pipeline/on-demand/index.js';
import { addSource } from '../../../pipeline/sync/index.js';
import { RESIDENT_COLUMNS, type ResidentRow } from '../../../town/generator/police-view.js';
import { policeLookup } from '../../../town/systems/police/lookup.js';
import { until } from '../../../../test/kit/until.js';
import { type Asked, villageGraph, type VillageGraph } from '../fixtures/graph.fixture.js';
import { ID_NUMBER, village, type Village, WIFE_NUMBER } from '../fixtures/village.fixture.js';

const ACCOUNT = { station: 'S', device: 'D', password: 'p' };
const ROW = {
  ...Object.fromEntries(RESIDENT_COLUMNS.map((column) => [column, ''])),
  ...{ gmsfhm: ID_NUMBER, xm: '王建国', ryid: 'R1', ryzt: '2', hb: '10', ssxq: '990101' },
};
const PHONE = '13900000002';
const VERIFY = `query V($n: String!, $name: String, $phone: String) {
  verifyIdentity(idNumber: $n, name: $name, phone: $phone) { idNumber name phone checks { source answered } } }`;
const RECORD = `query R($id: ID!) { resident(id: $id) { name
  policeRecord { found status lifeStatus division source }
  registration { householdNo } subscriptions { msisdn } household { members { resident { name } } } } }`;

/** One address for the three services, each with the manners of the real one, and a switch to make it hang. */
class Services {
  hanging = false;
  calls: string[] = [];
  atOnce = 0;
  mostAtOnce = 0;
  delayMs = 0;
  readonly #police: RequestListener = policeLookup(
    () => ({ find: (number) => (number === ID_NUMBER ? [ROW as ResidentRow] : []) }),
    ACCOUNT,
  );
  readonly server: Server = createServer((request, response) => {
    this.calls.push(request.url!);
    if (this.hanging) return void request.resume();
    this.atOnce++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    response.once('finish', () => this.atOnce--);
    const answer = request.url!.startsWith('/check')
      ? operator
      : request.url!.endsWith('MarryCheck')
        ? registry
        : this.#police;
    setTimeout(() => answer(request, response), this.delayMs);
  });
  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
}

const operator: RequestListener = (request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => (text += chunk.toString()));
  request.on('end', () => {
    const { mobile, name, idNumber } = JSON.parse(text) as Record<string, string>;
    const known = [PHONE, '13900000009'].includes(mobile!);
    const same = mobile === PHONE && name === '王建国' && idNumber === ID_NUMBER;
    response.end(JSON.stringify({ resultCode: '0000', data: { result: known ? (same ? '1' : '2') : '3' } }));
  });
};

const registry: RequestListener = (request, response) => {
  let text = '';
  request.on('data', (chunk: Buffer) => (text += chunk.toString()));
  request.on('end', () => {
    const result = text.includes(ID_NUMBER) && text.includes(WIFE_NUMBER) ? '1' : '2';
    const inner = `&lt;MARRY_CHECK&gt;&lt;CODE&gt;02000&lt;/CODE&gt;&lt;ANSWER&gt;&lt;RESULT&gt;${result}&lt;/RESULT&gt;&lt;/ANSWER&gt;&lt;/MARRY_CHECK&gt;`;
    response.end(
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><r><return>${inner}</return></r></s:Body></s:Envelope>`,
    );
  });
};

describe('on-demand sources in the graph', () => {
  let town: Village;
  let graph: VillageGraph;
  let desk: OnDemandDesk;
  /** When the test began, by the database's clock. */
  let before: string;
  const services = new Services();

  beforeAll(async () => {
    town = await village();
    await new Promise<void>((done) => services.server.listen(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    await graph?.close();
    services.server.closeAllConnections();
    services.server.close();
    await town?.db.close();
  });

  /** The sources anew, with breaker, cache and counters of a fresh process. */
  beforeEach(async () => {
    await graph?.close();
    await desk?.close();
    Object.assign(services, { hanging: false, calls: [], atOnce: 0, mostAtOnce: 0, delayMs: 0 });
    await town.db.admin(`DELETE FROM control.source WHERE kind = 'on-demand'`);
    const [clock] = await town.db.admin<{ now: string }>(`SELECT clock_timestamp()::text AS now`);
    before = clock!.now;
    const soap = (path: string): object => ({ endpoint: `${services.origin}/services/${path}` });
    await add('police-lookup', { ...soap('HzWebService'), ...ACCOUNT });
    await add('telecom-check', { baseUrl: services.origin, token: 't' });
    await add('civil-marriage-check', { ...soap('MarryCheck'), userId: 'u', passWord: 'p' });
    desk = new OnDemandDesk({ database: town.db.database, keyring: town.keyring });
    graph = await villageGraph(town, { desk, evidence: ledgerEvidence(town.keyring) });
  });

  async function add(id: string, all: object): Promise<void> {
    const directory = fileURLToPath(new URL(`../../../../adapters/${id}`, import.meta.url));
    const adapter = loadAdapter<AdapterManifest & Record<string, unknown>>(directory);
    const { settings, secrets } = splitSecrets(adapter.manifest, all as Record<string, unknown>);
    await town.db.database.withContext('worker', { actor: 'test' }, (tx) =>
      addSource(tx, town.keyring, {
        ...{ id, adapter, settings, secrets, demo: false, scheduleSeconds: null, actor: 'test' },
      }),
    );
  }

  const verify = (n: string, name?: string, phone?: string): Promise<Asked> =>
    graph.ask('department', VERIFY, { n, name, phone });
  const events = (): Promise<{ code: string; body: Record<string, unknown> }[]> =>
    town.db.admin(
      `SELECT code, convert_from(body, 'UTF8')::jsonb AS body FROM ledger.event WHERE at > $1 ORDER BY at, id`,
      [before],
    );

  it('verify claims with yes, no and unknown, and nothing else', async () => {
    const right = await verify(ID_NUMBER, '王建国', PHONE);
    expect(right.body.errors).toBeUndefined();
    expect(right.body.data.verifyIdentity).toEqual({
      ...{ idNumber: 'YES', name: 'YES', phone: 'YES' },
      checks: [
        { source: 'police-lookup', answered: true },
        { source: 'telecom-check', answered: true },
      ],
    });
    const someoneElses = await verify(ID_NUMBER, '王建军', '13900000009');
    expect(someoneElses.body.data.verifyIdentity).toMatchObject({ idNumber: 'YES', name: 'NO', phone: 'NO' });
    const nobodys = await verify(WIFE_NUMBER, '王建军', '13900000008');
    expect(nobodys.body.data.verifyIdentity).toMatchObject({ idNumber: 'NO', name: 'NO', phone: 'UNKNOWN' });
    // Beyond the verdicts, a wrong claim and one of which nothing is known look the same.
    const shape = ({ status, body }: Asked): unknown => ({
      ...{ status, keys: Object.keys(body), checks: body.data.verifyIdentity.checks },
      said: body.extensions.disclosure,
    });
    expect(shape(nobodys)).toEqual(shape(someoneElses));
    for (const { body } of [right, someoneElses, nobodys])
      for (const secret of [ID_NUMBER, WIFE_NUMBER, '王建', '1390000', '不一致'])
        expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('leave claims that were not made unknown, and ask only those who can answer', async () => {
    expect((await verify(ID_NUMBER)).body.data.verifyIdentity).toMatchObject({
      ...{ idNumber: 'YES', name: 'UNKNOWN', phone: 'UNKNOWN' },
    });
    expect((await verify(WIFE_NUMBER)).body.data.verifyIdentity).toMatchObject({ idNumber: 'NO' });
    expect(services.calls).not.toContain('/check/v1/threeElements');
  });

  it('take an ID number only as a variable, and only with a purpose', async () => {
    const literal = await graph.ask('department', `{ verifyIdentity(idNumber: "${ID_NUMBER}") { idNumber } }`);
    expect(literal.body.errors[0].extensions.reason).toBe('IDENTIFIER_LITERAL');
    const inUrl = await graph.get('department', VERIFY, { n: ID_NUMBER });
    expect(inUrl.body.errors[0].extensions.reason).toBe('IDENTIFIER_PLACE');
    const bare = await graph.ask('department', VERIFY, { n: ID_NUMBER }, null);
    expect(bare.body.errors[0].extensions.code).toBe('PURPOSE_REQUIRED');
    const auditor = await graph.ask('auditor', VERIFY, { n: ID_NUMBER });
    expect(auditor.body.errors[0].extensions.code).toBe('FORBIDDEN');
    expect((await verify('12345')).body.errors[0].extensions.reason).toBe('ID_NUMBER_UNREADABLE');
    expect(services.calls).toEqual([]);
  });

  it('answer a resident’s fields at request time, each call with its intent and its outcome in the evidence', async () => {
    const { body } = await graph.ask('department', RECORD, { id: town.resident });
    expect(body.errors).toBeUndefined();
    expect(body.data.resident).toMatchObject({
      ...{ name: '王建国', registration: { householdNo: 'H0001' }, subscriptions: [{ msisdn: PHONE }] },
      policeRecord: { found: true, status: '2', lifeStatus: 'alive', division: '990101', source: 'police-lookup' },
    });
    const rows = (await events()).filter(({ body: of }) => of['operationId'] === body.extensions.operationId);
    const subject = town.keyring.pseudonym(town.resident);
    const intent = rows.findIndex(({ body: of }) => of['reason'] === 'INTENT');
    const outcome = rows.findIndex(({ code }) => code === 'LOOKUP_ENDED');
    expect(intent).toBeGreaterThan(0);
    expect(outcome).toBeGreaterThan(intent);
    expect(rows[intent]!.body).toMatchObject({ sources: ['police-lookup'], subjects: [subject] });
    expect(rows[outcome]!.body).toMatchObject({
      ...{ source: 'police-lookup', outcome: 'ANSWERED', subjects: [subject], caseNo: 'C-1' },
    });
    expect(rows.at(-1)!.body).toMatchObject({ decision: expect.any(String) as unknown, unavailable: [] });
    expect(JSON.stringify(rows)).not.toContain(ID_NUMBER);
    const again = await graph.ask('department', RECORD, { id: town.resident });
    expect(again.body.data.resident.policeRecord.found).toBe(true);
    // Remembered for the manifest's cacheSeconds: no second call, and so no second outcome.
    expect(services.calls).toHaveLength(1);
  });

  it('confirm the resident’s mobile with the operator', async () => {
    const { body } = await graph.ask(
      ...(['department', `query M($id: ID!) { resident(id: $id) { mobileCheck { verdict source } } }`] as const),
      { id: town.resident },
    );
    expect(body.data.resident.mobileCheck).toEqual({ verdict: 'YES', source: 'telecom-check' });
  });

  it('say whether two are married only for a purpose that names marriages', async () => {
    const query = `query M($a: String!, $b: String!) { verifyMarriage(idNumber: $a, partnerIdNumber: $b) { married } }`;
    const ask = (a: string, b: string, purpose: string): Promise<Asked> =>
      graph.ask('department', query, { a, b }, purpose);
    expect((await ask(ID_NUMBER, WIFE_NUMBER, 'assistance-eligibility')).body.data.verifyMarriage.married).toBe('YES');
    expect((await ask(ID_NUMBER, ID_NUMBER, 'assistance-eligibility')).body.data.verifyMarriage.married).toBe(
      'UNKNOWN',
    );
    services.calls = [];
    const refused = await ask(ID_NUMBER, WIFE_NUMBER, 'residence-check');
    expect(refused.body.errors[0].extensions.code).toBe('FIELD_WITHHELD');
    expect(services.calls).toEqual([]);
  });

  it('never hold a transaction while a service hangs; the other fields are answered', async () => {
    services.hanging = true;
    const asked = graph.ask('department', RECORD, { id: town.resident });
    await until('the call', () => services.calls.length > 0);
    // Sibling fetches of the operation may still read: then nothing of it may be left open.
    let open: object[] = [];
    await until('no open transaction', async () => {
      open = await openTransactions();
      return open.length === 0;
    });
    await new Promise((next) => setTimeout(next, 200));
    open = await openTransactions();
    expect(open).toEqual([]);
    const { body } = await asked;
    expect(body.errors).toBeUndefined();
    expect(body.data.resident).toMatchObject({
      ...{ name: '王建国', policeRecord: null, registration: { householdNo: 'H0001' } },
      household: { members: [{ resident: { name: '王建国' } }, { resident: { name: '李秀英' } }] },
    });
    expect(body.extensions.disclosure).toContainEqual(
      expect.objectContaining({ path: ['resident', 'policeRecord'], state: 'SOURCE_UNAVAILABLE' }),
    );
    const rows = await events();
    expect(rows.find(({ code }) => code === 'LOOKUP_ENDED')!.body).toMatchObject({
      ...{ outcome: 'UNAVAILABLE', reason: 'CONNECTOR_TIMEOUT' },
    });
    expect(rows.at(-1)!.body).toMatchObject({ unavailable: ['police-lookup'] });
  });

  const openTransactions = (): Promise<object[]> =>
    town.db.admin(
      `SELECT state, left(query, 60) AS query FROM pg_stat_activity WHERE usename = 'isthmus_app' AND xact_start IS NOT NULL`,
    );

  it('leave a source alone that does not answer, and say so to operators', async () => {
    services.server.closeAllConnections();
    services.hanging = true;
    await Promise.all(Array.from({ length: 5 }, () => verify(ID_NUMBER, '王建国')));
    const asked = services.calls.length;
    const { body } = await verify(ID_NUMBER, '王建国');
    expect(body.data.verifyIdentity).toMatchObject({ idNumber: 'UNKNOWN', name: 'UNKNOWN' });
    expect(body.data.verifyIdentity.checks).toEqual([{ source: 'police-lookup', answered: false }]);
    expect(services.calls).toHaveLength(asked);
    await until('the note', async () => (await states())['police-lookup']?.breaker === 'OPEN');
    expect((await states())['police-lookup']).toMatchObject({ state: 'DOWN', breaker: 'OPEN' });
    expect((await states())['telecom-check']).toMatchObject({ state: 'UNTRIED', breaker: 'CLOSED', calls: 0 });
  });

  async function states(): Promise<Record<string, { state: string; breaker: string; calls: number }>> {
    const { body } = await graph.ask('operator', `{ lookupServices { id state breaker calls failures lastCode } }`);
    return Object.fromEntries(body.data.lookupServices.map((one: { id: string }) => [one.id, one]));
  }

  it('make no more calls at once than the source bears', async () => {
    services.delayMs = 30;
    const all = await Promise.all(Array.from({ length: 12 }, () => verify(ID_NUMBER, '王建国')));
    expect(all.map(({ body }) => body.data.verifyIdentity.name)).toEqual(Array.from({ length: 12 }, () => 'YES'));
    expect(services.mostAtOnce).toBe(4);
  });
});
