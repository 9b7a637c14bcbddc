import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { TownFile } from './cli/town-file.js';
import { RunningTown } from './testing/running-town.js';

describe('the faults of a running town', () => {
  let town: RunningTown;
  let file: TownFile;
  beforeAll(async () => {
    town = new RunningTown();
    town.launch('--people', '120', '--seed', '5');
    file = await town.answering();
  });
  afterAll(() => town.clear());
  const fault = (...words: string[]): void => {
    const { status, stderr } = town.run('fault', ...words);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  };
  const settings = (source: keyof TownFile['sources']): Record<string, string> =>
    file.sources[source].settings as Record<string, string>;
  const people = (offset = 0, limit = 10, signal?: AbortSignal): Promise<Response> =>
    fetch(`${settings('telecom')['baseUrl']}/party/v4/individual?offset=${offset}&limit=${limit}`, {
      // A connection that idles while a command runs would be closed under the next question.
      headers: { authorization: `Bearer ${settings('telecom')['token']}`, connection: 'close' },
      ...(signal ? { signal } : {}),
    });
  const ids = async (offset = 0): Promise<string[]> =>
    ((await (await people(offset)).json()) as { id: string }[]).map(({ id }) => id);
  const soap = async (): Promise<string> => {
    const { endpoint, userId, passWord } = settings('civil');
    const body =
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><getSamMonths>' +
      `<userId>${userId}</userId><passWord>${passWord}</passWord></getSamMonths></s:Body></s:Envelope>`;
    const answer = await fetch(endpoint!, { method: 'POST', body, headers: { connection: 'close' } });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  const count = async (): Promise<number> => {
    const { host, port, user, password, database } = settings('property');
    const client = new pg.Client({ host, port: Number(port), user, password, database, connectionTimeoutMillis: 400 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ n: string }>('SELECT count(*) AS n FROM building_owner');
      return Number(rows[0]!.n);
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  it('503 with Retry-After strikes after so many requests and so many times', async () => {
    fault('telecom', 'unavailable', '--after', '1', '--times', '1', '--seconds', '7');
    expect((await people()).status).toBe(206);
    const busy = await people();
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '7']);
    expect((await people()).status).toBe(206);
    fault('--clear');
  });

  it('half-open, cut, latency and one byte per second', async () => {
    fault('telecom', 'half-open', '--times', '1');
    await expect(people(0, 10, AbortSignal.timeout(300))).rejects.toThrow();
    fault('telecom', 'cut', '--after', '0', '--times', '1');
    const cut = await people();
    await expect(cut.text()).rejects.toThrow();
    fault('--clear');
    fault('telecom', 'latency', '--ms', '400', '--times', '1');
    const from = performance.now();
    await people();
    expect(performance.now() - from).toBeGreaterThan(390);
    fault('--clear');
    fault('telecom', 'drip', '--times', '1');
    const slow = await people();
    const reader = slow.body!.getReader();
    expect((await reader.read()).value).toHaveLength(1);
    await reader.cancel();
    fault('--clear');
  });

  it('wrong bytes: another encoding, and an answer that ends early', async () => {
    fault('telecom', 'encoding');
    const bytes = await (await people()).arrayBuffer();
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
    fault('--clear');
    fault('telecom', 'truncated');
    await expect((await people()).json()).rejects.toThrow();
    fault('--clear');
  });

  it('an expired credential in each system’s own words', async () => {
    fault('telecom', 'credential');
    fault('civil', 'credential');
    expect((await people()).status).toBe(401);
    expect(await soap()).toContain('02002');
    fault('--clear');
  });

  it('a SOAP error is an answer with HTTP 200, as a code or as a sentence', async () => {
    fault('civil', 'soap-error', '--code', '03000', '--times', '1');
    expect(await soap()).toContain('&lt;CODE&gt;03000');
    fault('civil', 'soap-text', '--times', '1');
    expect(await soap()).toContain('系统繁忙');
    expect(await soap()).toContain('2026-05');
    fault('--clear');
  });

  it('the services that only look up fail as well, and the files beside them do not', async () => {
    const ask = async (name: string, operation: string): Promise<{ status: number; text: string }> => {
      const { endpoint } = file.lookups[name]!.settings as { endpoint: string };
      const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><${operation}/></s:Body></s:Envelope>`;
      const answer = await fetch(endpoint, { method: 'POST', body, headers: { connection: 'close' } });
      return { status: answer.status, text: await answer.text() };
    };
    const police = (): Promise<{ status: number; text: string }> => ask('police-lookup', 'queryRkjbxxBysfz');
    fault('police', 'credential', '--times', '1');
    expect((await police()).text).toContain('Code&gt;102');
    fault('police', 'soap-error', '--stream', 'lookup', '--code', '500', '--times', '1');
    expect(await police()).toMatchObject({ status: 200, text: expect.stringContaining('Code&gt;500') });
    fault('police', 'unavailable', '--times', '1');
    expect((await police()).status).toBe(503);
    fault('--clear');
    fault('civil', 'soap-text', '--stream', 'check');
    expect((await ask('civil-marriage-check', 'checkMarryByCert')).text).toContain('系统繁忙');
    expect(await soap()).toContain('2026-05');
    fault('--clear');
    fault('telecom', 'unavailable', '--stream', 'check');
    const { baseUrl } = file.lookups['telecom-check']!.settings as { baseUrl: string };
    const check = await fetch(`${baseUrl}/check/v1/threeElements`, {
      method: 'POST',
      headers: { connection: 'close' },
    });
    expect([check.status, (await people()).status]).toEqual([503, 206]);
    fault('--clear');
  });

  it('pages that come twice, and a list that runs backwards', async () => {
    const [first, second] = [await ids(0), await ids(10)];
    fault('telecom', 'duplicate-pages');
    expect(await ids(10)).toEqual(first);
    fault('--clear');
    fault('telecom', 'out-of-order', '--stream', 'individuals');
    const total = Number((await people()).headers.get('x-total-count'));
    fault('--clear');
    const last = await ids(total - 10);
    fault('telecom', 'out-of-order');
    expect(await ids(0)).toEqual([...last].reverse());
    fault('--clear');
    expect(await ids(10)).toEqual(second);
  });

  it('the line to the database fails as lines do, and is whole again', async () => {
    const rows = await count();
    for (const kind of ['half-open', 'cut', 'unavailable', 'drip']) {
      fault('property', kind);
      await expect(count()).rejects.toThrow();
      fault('--clear', 'property');
      expect(await count()).toBe(rows);
    }
  });

  it('are listed, refused where they cannot be, and end with the town', () => {
    fault('civil', 'latency', '--for', '60s');
    expect(town.run('status').stdout).toMatch(/civil latency · for \d+ s more/);
    expect(town.run('fault', '--list').stdout).toContain('in force: civil latency');
    expect(town.run('fault', 'telecom', 'soap-error')).toMatchObject({ status: 2 });
    expect(town.run('fault', 'civil', 'dance')).toMatchObject({ status: 2 });
    expect(town.run('stop').status).toBe(0);
    expect(JSON.parse(town.run('status', '--json').stdout)).toMatchObject({ faults: [] });
    expect(town.run('fault', 'civil', 'latency').stderr).toContain('TOWN_STOPPED');
  });
});
