import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { HMAC, pushBench, send, sendHcGov, type PushBench } from '../../../test/kit/push-bench.js';
import { until } from '../../../test/kit/until.js';
import { syntheticPeople } from '../../../test/kit/sync-bench.js';
import { startSync } from '../../pipeline/sync/index.js';

const reqTime = (at = Date.now()): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, '');

describe('pushed events', () => {
  let bench: PushBench;
  const people = syntheticPeople(60);
  const [first, second] = people as [(typeof people)[0], (typeof people)[0]];
  const to = (source: string): string => `${bench.url}/push/${source}/people`;
  beforeAll(async () => {
    bench = await pushBench({ pageSize: 7 });
    for (const id of ['one', 'forms', 'twice', 'order', 'late', 'repair', 'bad', 'way', 'rate']) await bench.pushed(id);
    await bench.pushed('hc', 'hcgov');
  });
  afterAll(() => bench.close());

  it('are durable when they are acknowledged, and served after one run whose statement balances', async () => {
    const response = await send(to('one'), { id: 'e1', data: first });
    expect([response.status, await response.json()]).toEqual([202, { accepted: 1, duplicates: 0, ignored: 0 }]);
    expect(await bench.waiting()).toBe(1);
    const [{ body }] = (await bench.db.admin(`SELECT body FROM data.push_inbox`)) as [{ body: Buffer }];
    expect(body.includes(first.id!)).toBe(false);
    expect(await bench.take()).toEqual(['SUCCEEDED']);
    expect(await bench.waiting()).toBe(0);
    expect(await bench.live('one')).toEqual([{ key: first.no, name: first.name, mobile: first.phone }]);
    const [run] = await bench.db.admin(
      `SELECT mode, balanced, read, created, live_before, live_after FROM control.sync_run WHERE source = 'one'`,
    );
    expect(run).toEqual({
      mode: 'push',
      balanced: true,
      read: '1',
      created: '1',
      live_before: '0',
      live_after: '1',
    });
    const events = await bench.db.admin<{ code: string; body: Buffer }>(
      `SELECT code, body FROM ledger.event WHERE code IN ('PUSH_RECEIVED', 'SYNC_PAGE_COMMITTED') ORDER BY at`,
    );
    expect(events.map(({ code }) => code)).toEqual(['PUSH_RECEIVED', 'SYNC_PAGE_COMMITTED']);
    expect(events.map(({ body: bytes }) => String(bytes)).join()).not.toContain(first.no);
  });

  it('come structured, binary, as a batch and with data in base64', async () => {
    const at = String(Math.floor(Date.now() / 1000));
    const [a, b, c, d] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0], (typeof people)[0]];
    expect((await send(to('forms'), { id: 'a', data: a })).status).toBe(202);
    expect((await send(to('forms'), [{ id: 'b', data: b }])).status).toBe(202);
    const attributes = {
      'ce-id': 'c',
      'ce-source': '/estate/%E6%B5%8B',
      'ce-specversion': '1.0',
      'ce-type': 'person.changed',
    };
    const body = JSON.stringify(c);
    const lines = Object.entries(attributes).map(([name, value]) => `${name}:${value}\n`);
    const sign = (text: string) => `sha256=${createHmac('sha256', HMAC).update(text).digest('hex')}`;
    const binary = (headers: object) =>
      fetch(to('forms'), {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-isthmus-timestamp': at,
          'x-isthmus-signature': sign(`${at}.${lines.join('')}${body}`),
          ...headers,
        },
      });
    expect((await binary(attributes)).status).toBe(202);
    expect((await binary({ ...attributes, 'ce-id': 'another' })).status).toBe(401);
    const encoded = JSON.stringify({
      specversion: '1.0',
      id: 'd',
      source: '/estate',
      type: 't',
      data_base64: Buffer.from(JSON.stringify(d)).toString('base64'),
    });
    const response = await fetch(to('forms'), {
      method: 'POST',
      body: encoded,
      headers: {
        'content-type': 'application/cloudevents+json',
        'x-isthmus-timestamp': at,
        'x-isthmus-signature': sign(`${at}.${encoded}`),
      },
    });
    expect(response.status).toBe(202);
    await bench.take();
    expect((await bench.live('forms')).map(({ key }) => key)).toEqual([a, b, c, d].map(({ no }) => no));
  });

  it('count once however often they come, in one request or in many at the same time', async () => {
    const event = { id: 'same', data: first };
    const receipts = await Promise.all(
      Array.from({ length: 8 }, async () => (await send(to('twice'), [event, event])).json()),
    );
    expect(receipts.reduce((sum: number, one) => sum + (one as { accepted: number }).accepted, 0)).toBe(1);
    await bench.take();
    expect(await (await send(to('twice'), event)).json()).toEqual({ accepted: 0, duplicates: 1, ignored: 0 });
    expect(await bench.waiting()).toBe(0);
  });

  it('take effect in the order they came, deletions included, and a change back is a change', async () => {
    const change = (id: string, name: string) => ({ id, data: { ...first, name } });
    const gone = (id: string) => ({ id, type: 'person.deleted', data: { no: first.no } });
    await send(to('order'), [change('1', '甲'), gone('2'), change('3', '乙'), change('4', '丙'), change('5', '乙')]);
    await send(to('order'), [
      { id: '6', data: second },
      { id: '7', type: 'person.deleted', data: { no: second.no } },
    ]);
    await bench.take();
    expect(await bench.live('order')).toMatchObject([{ key: first.no, name: '乙' }]);
    const runs = await bench.db.admin(`SELECT balanced, read FROM control.sync_run WHERE source = 'order'`);
    expect(runs).toEqual([{ balanced: true, read: '7' }]);
  });

  it('that come late, after one that was sent later, change nothing', async () => {
    const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 8, minutes)).toISOString();
    await send(to('late'), { id: 'new', time: at(9), data: { ...first, name: '新' } });
    await bench.take();
    await send(to('late'), { id: 'old', time: at(5), data: { ...first, name: '旧' } });
    await bench.take();
    expect(await bench.live('late')).toMatchObject([{ name: '新' }]);
    const [run] = await bench.db.admin(
      `SELECT skipped_reasons, balanced FROM control.sync_run WHERE source = 'late' ORDER BY id DESC LIMIT 1`,
    );
    expect(run).toEqual({ skipped_reasons: { 'outdated-event': 1 }, balanced: true });
    await send(to('late'), { id: 'ahead', time: '2099-01-01T00:00:00Z', data: { ...first, name: '前' } });
    await bench.take();
    await send(to('late'), {
      id: 'now',
      time: new Date(Date.now() + 1000).toISOString(),
      data: { ...first, name: '今' },
    });
    await bench.take();
    expect(await bench.live('late')).toMatchObject([{ name: '今' }]);
  });

  it('without deletions are mended by the snapshot, which reads what no event told', async () => {
    await send(
      to('repair'),
      people.slice(0, 20).map((data, index) => ({ id: `r${index}`, data })),
    );
    await bench.take();
    bench.deliver('repair', [...people.slice(1, 20), people[30]!]);
    const { row } = await bench.sync('repair');
    expect(row).toMatchObject({
      state: 'SUCCEEDED',
      mode: 'snapshotDiff',
      balanced: true,
      created: '1',
      deleted_by_absence: '1',
      unchanged: '19',
    });
    await send(to('repair'), { id: 'after', data: { ...people[30]!, name: '改' } });
    await bench.take();
    bench.deliver('repair', [...people.slice(1, 20), { ...people[30]!, name: '改' }]);
    expect((await bench.sync('repair')).row).toMatchObject({ state: 'SUCCEEDED', unchanged: '20', updated: '0' });
  });

  it('that cannot be mapped go to quarantine; the others are served', async () => {
    await send(to('bad'), [
      { id: '1', data: { ...first, sex: '7' } },
      { id: '2', data: second },
      { id: '3', data: { name: '无键' } as never },
    ]);
    expect(await bench.take()).toEqual(['PARTIAL']);
    expect(await bench.live('bad')).toMatchObject([{ key: second.no }]);
    const waiting = await bench.db.admin(
      `SELECT q.reason FROM data.quarantine q JOIN control.stream s ON s.id = q.stream WHERE s.source = 'bad' ORDER BY 1`,
    );
    expect(waiting).toEqual([{ reason: 'MAPPING_KEY_MISSING' }, { reason: 'MAPPING_UNKNOWN_CODE' }]);
  });

  it('do not wait for a snapshot whose source is not to be had, and let one that works finish', async () => {
    const runs = await bench.db.database.withContext('worker', { actor: 't' }, (tx) =>
      startSync(tx, { source: 'way', actor: 'schedule' }),
    );
    await bench.db.admin(`UPDATE control.sync_run SET state = 'RUNNING', live_before = 0 WHERE id = $1`, [
      runs[0]!.run,
    ]);
    await send(to('way'), { id: '1', data: first });
    expect(await bench.take()).toEqual(['BUSY']);
    await bench.db.admin(
      `UPDATE control.sync_run SET state = 'QUEUED', error_code = 'CONNECTOR_BUSY', origin = 'source',
         not_before = clock_timestamp() + interval '1 hour' WHERE id = $1`,
      [runs[0]!.run],
    );
    await bench.db.admin(`INSERT INTO control.run_page (run, page, epoch, read, digest) VALUES ($1, 1, 1, 0, $2)`, [
      runs[0]!.run,
      Buffer.alloc(16),
    ]);
    expect(await bench.take()).toEqual(['SUCCEEDED']);
    const states = await bench.db.admin(
      `SELECT mode, state, error_code FROM control.sync_run WHERE source = 'way' ORDER BY id`,
    );
    expect(states).toEqual([
      { mode: 'snapshotDiff', state: 'FAILED', error_code: 'CONNECTOR_BUSY' },
      { mode: 'push', state: 'SUCCEEDED', error_code: null },
      { mode: 'snapshotDiff', state: 'QUEUED', error_code: null },
    ]);
  });

  it('in MicroCommunity’s form are signed with MD5 over the body as it is written', async () => {
    const message = { serviceCode: 'ADD_OWNER', tranId: 't1', reqTime: reqTime(), body: first };
    expect((await sendHcGov(to('hc'), message, { space: ' ' })).status).toBe(202);
    expect(await (await sendHcGov(to('hc'), message)).json()).toMatchObject({ duplicates: 1 });
    const other = { ...message, serviceCode: 'ADD_CAR', tranId: 't2' };
    expect(await (await sendHcGov(to('hc'), other)).json()).toEqual({ accepted: 0, duplicates: 0, ignored: 1 });
    await bench.take();
    expect(await bench.live('hc')).toMatchObject([{ key: first.no }]);
    expect((await sendHcGov(to('hc'), { ...message, tranId: 't3' }, { code: 'wrong-code' })).status).toBe(401);
    const old = { ...message, tranId: 't4', reqTime: reqTime(Date.now() - 3_600_000) };
    expect(await (await sendHcGov(to('hc'), old)).json()).toMatchObject({ error: { code: 'PUSH_TIMESTAMP' } });
  });

  it('are refused with a code, a cure and an evidence row that says nothing of what was sent', async () => {
    bench.refusals.length = 0;
    const event = { id: 'x', data: first };
    const refused = async (response: Promise<Response>) => {
      const answer = await response;
      return [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];
    };
    expect(await refused(send(to('bad'), event, { secret: 'another secret altogether' }))).toEqual([
      401,
      'PUSH_SIGNATURE',
    ]);
    expect(await refused(send(to('bad'), event, { at: 1_700_000_000 }))).toEqual([401, 'PUSH_TIMESTAMP']);
    expect(await refused(fetch(to('bad'), { method: 'POST', body: '{}' }))).toEqual([401, 'PUSH_SIGNATURE']);
    expect(await refused(send(`${bench.url}/push/bad/other`, event))).toEqual([404, 'PUSH_UNKNOWN']);
    expect(await refused(send(`${bench.url}/push/nobody/people`, event))).toEqual([404, 'PUSH_UNKNOWN']);
    expect(await refused(fetch(to('bad')))).toEqual([405, 'PUSH_METHOD']);
    expect(await refused(send(to('bad'), { id: '', data: first }))).toEqual([400, 'PUSH_EVENT']);
    expect(await refused(send(to('bad'), { id: 'x', time: '2026-11-24 08:00', data: first }))).toEqual([
      400,
      'PUSH_EVENT',
    ]);
    expect(bench.refusals.map(({ code }) => code)).toContain('PUSH_SIGNATURE');
    expect(JSON.stringify(bench.refusals)).not.toMatch(/nobody|1399/);
    const rows = await bench.db.admin<{ body: Buffer }>(`SELECT body FROM ledger.event WHERE code = 'PUSH_REFUSED'`);
    expect(rows.length).toBeGreaterThanOrEqual(5);
    expect(await bench.waiting()).toBe(0);
  });

  it('are refused unread when they are too large, said or not', async () => {
    const large = await fetch(to('bad'), { method: 'POST', body: Buffer.alloc((1 << 20) + 1) });
    expect([large.status, large.headers.get('connection')]).toEqual([413, 'close']);
    const { hostname, port } = new URL(bench.url);
    const told = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write('POST /push/bad/people HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
        const chunk = Buffer.alloc(300_000);
        for (let n = 0; n < 5; n++) socket.write(`${chunk.length.toString(16)}\r\n${chunk.toString('latin1')}\r\n`);
      });
      let text = '';
      socket.on('data', (bytes) => (text += String(bytes)));
      socket.on('close', () => resolve(text));
      socket.on('error', (error) => (text ? resolve(text) : reject(error)));
    });
    expect(told).toMatch(/^HTTP\/1\.1 413 /);
    expect(told).toContain('PUSH_SIZE');
  });

  it('are told to wait when a sender guesses signatures', async () => {
    const guess = async (): Promise<number> =>
      (await send(to('rate'), { id: 'x', data: first }, { secret: 'another secret altogether' })).status;
    expect(await guess()).toBe(401);
    const slowed = await until('the guessing to be slowed down', async () =>
      (await Promise.all(Array.from({ length: 50 }, guess))).find((status) => status !== 401),
    );
    expect(slowed).toBe(429);
  });

  it('wait at the sender while the source is suspended', async () => {
    await bench.db.admin(`UPDATE control.source SET suspended = true WHERE id = 'order'`);
    // What is known of a stream is read anew after a moment.
    const answer = await until('the stop to count', async () => {
      const one = await send(to('order'), { id: 'later', data: first });
      return one.status === 503 && one;
    });
    expect(answer.headers.get('retry-after')).toBe('300');
  });
});
