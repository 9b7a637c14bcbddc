import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { Changes } from '../days/index.js';
import { indexMarriages, marriageEntry } from '../generator/marriage-view.js';
import { Town } from '../generator/town.js';
import { marryCheck } from './civil/marry-check.js';
import { listen } from './listen.js';
import { LOOKUP_PATH, policeLookup } from './police/lookup.js';
import { Register } from './police/register.js';
import { Catalogue } from './telecom/catalogue.js';
import { CHECK_PATH, telecomCheck } from './telecom/check.js';

const ACCOUNT = { station: 'S', device: 'D', password: 'p' };
const MD5 = createHash('md5').update('p').digest('hex');
const NOBODY = '990101190001010018';

describe('the services that only look up', () => {
  const town = new Town({ seed: 3, people: 400 });
  const day = new Changes(town);
  const servers: Record<string, { port: number; stop(): Promise<void> }> = {};
  beforeAll(async () => {
    const register = new Register(day);
    servers['police'] = await listen(
      policeLookup(() => register, ACCOUNT),
      0,
    );
    servers['telecom'] = await listen(telecomCheck(new Catalogue(town, day), 'token'), 0);
    servers['civil'] = await listen(marryCheck(day, { userId: 'u', passWord: 'w' }), 0);
  });
  afterAll(() => Promise.all(Object.values(servers).map((server) => server.stop())));

  async function soap(system: string, path: string, operation: string, given: Record<string, string>): Promise<string> {
    const parameters = Object.entries(given).map(([name, text]) => `<${name}>${text}</${name}>`);
    const response = await fetch(`http://127.0.0.1:${servers[system]!.port}${path}`, {
      method: 'POST',
      body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><${operation}>${parameters.join('')}</${operation}></e:Body></e:Envelope>`,
    });
    return (await response.text()).replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  }
  const police = (operation: string, given: Record<string, string>): Promise<string> =>
    soap('police', LOOKUP_PATH, operation, { pcsbm: 'S', sbh: 'D', md5: MD5, ...given });

  it('the police answers about one number, with two levels of status', async () => {
    const head = town.household(5).members[0]!;
    const found = await police('queryRkjbxxBysfz', { sfzh: head.idNumber });
    expect(found).toMatch(/<ReturnInfo><Code>000<.*<BusinessInfo><Code>0<.*<PERSON>/);
    expect(found).toContain(`<xm>${head.name}</xm>`);
    expect(await police('queryRkjbxxBysfz', { sfzh: NOBODY })).toMatch(/<Code>000<.*<Code>1<(?!.*PERSON)/);
    expect(await police('queryRkjbxxBysfz', { sfzh: head.idNumber, md5: 'x' })).toMatch(/<ReturnInfo><Code>102</);
    expect(await police('queryRkjbxxBysfz', { sfzh: head.idNumber, sbh: 'x' })).toMatch(/<ReturnInfo><Code>101</);
    expect(await police('checkRkjbxxBysfz', { sfzh: head.idNumber, xm: head.name })).toMatch(
      /result_gmsfhm>一致<.*result_xm>一致</,
    );
    expect(await police('checkRkjbxxBysfz', { sfzh: head.idNumber, xm: '某某' })).toMatch(/result_xm>不一致</);
    expect(await police('checkRkjbxxBysfz', { sfzh: NOBODY, xm: '某某' })).toMatch(/库中无此号<(?!.*result_xm)/);
  });

  it('the operator says 1, 2 or 3 and nothing else', async () => {
    const ask = async (body: object, token = 'token'): Promise<[number, unknown]> => {
      const response = await fetch(`http://127.0.0.1:${servers['telecom']!.port}${CHECK_PATH}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
      return [response.status, ((await response.json()) as { data?: { result: string } }).data ?? null];
    };
    const { holder, line } = new Catalogue(town, day)
      .lines(0, 10_000)
      .find(
        ({ holder: of, line: { type, status } }) =>
          type === 'mobile' && status === 'active' && of.written.idState === 'full',
      )!;
    const right = { name: holder.written.name, idNumber: holder.person.idNumber, mobile: line.number };
    expect(await ask(right)).toEqual([200, { result: '1' }]);
    expect(await ask({ ...right, idNumber: NOBODY })).toEqual([200, { result: '2' }]);
    expect(await ask({ ...right, mobile: '10000000000' })).toEqual([200, { result: '3' }]);
    expect(await ask(right, 'wrong')).toEqual([401, null]);
  });

  it('the registry says whether two are married, in either order', async () => {
    const last = new Map<string, [string, string, string]>();
    for (const [place, plan] of indexMarriages(town).entries()) {
      const { row } = marriageEntry(town, town.household(plan.household), plan, place);
      const parties: [string, string] = [row['CERT_NUM_MAN']!, row['CERT_NUM_WOMAN']!];
      last.set(parties.join('|'), [...parties, plan.operation]);
    }
    const ask = (a: string, b: string, passWord = 'w'): Promise<string> =>
      soap('civil', '/services/MarryCheck', 'checkMarryByCert', {
        ...{ userId: 'u', passWord, certNumA: a, certNumB: b },
      });
    const [man, woman] = [...last.values()].find(([, , operation]) => operation === 'IA')!;
    expect(await ask(man, woman)).toContain('<RESULT>1</RESULT>');
    expect(await ask(woman, man)).toContain('<RESULT>1</RESULT>');
    const [he, she] = [...last.values()].find(([, , operation]) => operation === 'IB')!;
    expect(await ask(he, she)).toContain('<RESULT>0</RESULT>');
    expect(await ask(man, NOBODY)).toContain('<RESULT>2</RESULT>');
    expect(await ask(man, woman, 'x')).toContain('<CODE>02002</CODE>');
  });
});
