import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Town } from '../../generator/town.js';
import { truthOf } from '../../generator/truth.js';
import { listen, type Listening } from '../listen.js';
import { telecomApi } from './api.js';
import { Catalogue } from './catalogue.js';

type Json = Record<string, unknown>;
const INDIVIDUAL = '/party/v4/individual';
const CUSTOMER = '/customerManagement/v4/customer';
const PRODUCT = '/productInventory/v4/product';

describe('the telecom operator', () => {
  const town = new Town({ seed: 1, people: 700 });
  const books = new Catalogue(town);
  let system: Listening;
  beforeAll(async () => {
    system = await listen(telecomApi(books, 'a-token'), 0);
  });
  afterAll(() => system.stop());
  const get = (path: string, token = 'a-token', method = 'GET'): Promise<Response> =>
    fetch(`http://127.0.0.1:${system.port}/tmf-api${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  const all = async (path: string, limit: number): Promise<Json[]> => {
    const found: Json[] = [];
    for (let total = 1; found.length < total;) {
      const response = await get(`${path}?offset=${found.length}&limit=${limit}`);
      total = Number(response.headers.get('x-total-count'));
      const page = (await response.json()) as Json[];
      expect(response.headers.get('x-result-count')).toBe(String(page.length));
      expect(response.status).toBe(page.length < total ? 206 : 200);
      found.push(...page);
    }
    return found;
  };

  it.each([INDIVIDUAL, CUSTOMER, PRODUCT])('%s pages to the same list whatever the page size', async (path) => {
    const whole = await all(path, 5000);
    expect(new Set(whole.map((entry) => entry['id'])).size).toBe(whole.length);
    expect(await all(path, 97)).toEqual(whole);
    const beyond = await get(`${path}?offset=${whole.length}&limit=10`);
    expect(await beyond.json()).toEqual([]);
  });

  it('knows the individuals of the truth, and every reference leads somewhere', async () => {
    const keys = [...truthOf(town)].flatMap((person) =>
      person.records.filter((r) => r.source === 'telecom').map((r) => r.key),
    );
    const individuals = new Set((await all(INDIVIDUAL, 5000)).map((entry) => entry['id']));
    expect([...individuals].sort()).toEqual(keys.sort());
    const customers = await all(CUSTOMER, 5000);
    for (const entry of customers) expect(individuals.has((entry['engagedParty'] as Json)['id'])).toBe(true);
    const ids = new Set(customers.map((entry) => entry['id']));
    for (const entry of await all(PRODUCT, 5000)) {
      const [user, customer] = entry['relatedParty'] as Json[];
      expect(individuals.has(user!['id']) && ids.has(customer!['id'])).toBe(true);
    }
  });

  it('shows one resource by its id, the same as in the list, and chosen fields', async () => {
    for (const path of [INDIVIDUAL, CUSTOMER, PRODUCT]) {
      for (const entry of (await all(path, 5000)).slice(200, 203)) {
        expect(await (await get(`${path}/${String(entry['id'])}`)).json()).toEqual(entry);
      }
    }
    const [first] = (await (await get(`${INDIVIDUAL}?limit=1&fields=gender`)).json()) as Json[];
    expect(Object.keys(first!).sort()).toEqual(['gender', 'href', 'id']);
  });

  it('answers mistakes with a status and a JSON error', async () => {
    const mistakes: [Promise<Response>, number][] = [
      [get(INDIVIDUAL, 'another'), 401],
      [get(`${INDIVIDUAL}?limit=0`), 400],
      [get(`${INDIVIDUAL}?offset=-1`), 400],
      [get(`${INDIVIDUAL}/IND0000000000`), 404],
      [get('/party/v4/organization'), 404],
      [get(INDIVIDUAL, 'a-token', 'POST'), 405],
    ];
    for (const [response, status] of mistakes) {
      const answer = await response;
      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject({ code: String(status), '@type': 'Error' });
    }
  });
});
