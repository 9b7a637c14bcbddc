import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { TownFile } from './cli/town-file.js';
import type { SourceCounts } from './days/index.js';
import { RunningTown } from './testing/running-town.js';

const SIZE = ['--people', '300', '--seed', '7'];

describe('town advance', () => {
  let town: RunningTown;
  let file: TownFile;
  beforeAll(async () => {
    town = new RunningTown();
    town.launch(...SIZE);
    file = await town.answering();
  });
  afterAll(() => town.clear());
  const settings = (source: keyof TownFile['sources']): Record<string, string> =>
    file.sources[source].settings as Record<string, string>;
  const advance = (days: number): { day: number; sources: SourceCounts; events: Record<string, number> } => {
    const { status, stdout, stderr } = town.run('advance', '--days', String(days), '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return JSON.parse(stdout);
  };
  const count = async (sql: string): Promise<number> => {
    const { host, port, user, password, database } = settings('property');
    const client = new pg.Client({ host, port: Number(port), user, password, database });
    await client.connect();
    const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`);
    await client.end();
    return Number(rows[0]!.n);
  };
  const total = async (path: string): Promise<number> => {
    const url = `${settings('telecom')['baseUrl']}${path}?limit=1`;
    const headers = { authorization: `Bearer ${settings('telecom')['token']}`, connection: 'close' };
    return Number((await fetch(url, { headers })).headers.get('x-total-count'));
  };
  const soap = async (endpoint: string, operation: string, parameters: Record<string, string>): Promise<string> => {
    const all = { userId: settings('civil')['userId']!, passWord: settings('civil')['passWord']!, ...parameters };
    const inner = Object.entries(all).map(([name, value]) => `<${name}>${value}</${name}>`);
    const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><${operation}>${inner.join('')}</${operation}></s:Body></s:Envelope>`;
    return (await fetch(endpoint, { method: 'POST', body, headers: { connection: 'close' } })).text();
  };

  it('is served by all four systems at once, with the counts that it prints', async () => {
    const { sources } = advance(60);
    const { owners, occupancies } = sources['property']!;
    const virtual = "owner_flag = 'F'";
    expect(await count(`building_owner WHERE status_cd = '0' AND NOT (${virtual})`)).toBe(
      owners!.live + owners!.rejected,
    );
    expect(await count('building_owner_room_rel')).toBe(
      occupancies!.live + occupancies!.rejected + occupancies!.deleted + occupancies!.skipped,
    );
    const { individuals, products } = sources['telecom']!;
    expect(await total('/party/v4/individual')).toBe(individuals!.live + individuals!.rejected);
    expect(await total('/productInventory/v4/product')).toBe(products!.live + products!.rejected);
    const drop = settings('police')['directory']!;
    expect(readdirSync(drop)).toContain('CZRKJBXXB_20261231.csv.ok');
    const rows = readFileSync(join(drop, 'CZRKJBXXB_20261231.csv'), 'latin1').split('\r\n').slice(1, -1);
    const { residents } = sources['police']!;
    expect(new Set(rows.map((row) => row.split(',')[0])).size).toBe(residents!.live + residents!.rejected);
    const months = await soap(settings('civil')['endpoint']!, 'getSamMonths', {});
    expect(months.match(/2026-\d\d/g)).toEqual(['05', '06', '07', '08', '09', '10', '11'].map((m) => `2026-${m}`));
    const now = new Date(Date.now() + 8 * 3_600_000).toISOString();
    const today = { beginTime: `${now.slice(0, 10)} 00:00:00`, endTime: `${now.slice(0, 10)} 23:59:59` };
    const fresh = await soap(settings('civil')['marryEndpoint']!, 'getMarryInfoByTime', today);
    expect(fresh.match(/MARRY_ID/g)!.length / 2).toBe(sources['civil']!['marriages']!.created);
  });

  it('tells the same numbers again, and the same town whatever the steps', () => {
    const truth = JSON.parse(town.run('truth', '--source-counts', '--json').stdout);
    const { day, sources } = advance(30);
    expect([truth.day, day]).toEqual([60, 90]);
    expect(truth.sources.property.owners.live).toBeGreaterThan(0);
    const other = new RunningTown();
    other.launch(...SIZE);
    return other.answering().then(async () => {
      const once = JSON.parse(other.run('advance', '--days', '90', '--json').stdout) as { sources: SourceCounts };
      for (const [source, streams] of Object.entries(sources)) {
        for (const [stream, { live, rejected, deleted }] of Object.entries(streams)) {
          expect(once.sources[source]![stream]).toMatchObject({ live, rejected, deleted });
        }
      }
      expect(other.run('truth', '--ndjson').stdout).toBe(town.run('truth', '--ndjson').stdout);
      await other.clear();
    });
  });

  it('goes on while the town is stopped, and a start serves the new day', async () => {
    expect(town.run('stop').status).toBe(0);
    const { sources } = advance(90);
    const child = town.launch(...SIZE);
    file = await town.answering();
    expect(file).toMatchObject({ asOf: '2027-04-30' });
    const { owners } = sources['property']!;
    const all = owners!.live + owners!.rejected + owners!.deleted + owners!.skipped;
    expect(await count('building_owner')).toBe(all);
    expect(child.exitCode).toBeNull();
  });
});
