import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClientAsync, type Client } from 'soap';
import { Town } from '../../generator/town.js';
import { truthOf } from '../../generator/truth.js';
import { listen, type Listening } from '../listen.js';
import { AssistanceBooks } from './assistance.js';
import { MarriageBooks } from './marriages.js';
import { civilServices } from './services.js';
import { escapeXml, readCall } from './xml.js';

const account = { userId: 'reader', passWord: 'p<&>ss' };
const values = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((m) => m[1]!);

describe('civil affairs', () => {
  const town = new Town({ seed: 1, people: 2000 });
  let system: Listening;
  let sam: Client;
  let marry: Client;
  /** Calls through the `soap` package: the description is read, the envelope is its own. */
  const call = async (client: Client, operation: string, parameters: Record<string, unknown> = {}): Promise<string> => {
    const method = (client as unknown as Record<string, (p: unknown) => Promise<[{ return: string }]>>)[
      `${operation}Async`
    ]!;
    return (await method.call(client, { ...account, ...parameters }))[0].return;
  };
  const post = async (body: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`http://127.0.0.1:${system.port}/services/SamDataExchange`, { method: 'POST', body });
    return { status: response.status, text: await response.text() };
  };
  beforeAll(async () => {
    const books = { assistance: new AssistanceBooks(town), marriages: new MarriageBooks(town) };
    system = await listen(civilServices(books, account), 0);
    const base = `http://127.0.0.1:${system.port}/services`;
    sam = await createClientAsync(`${base}/SamDataExchange?wsdl`);
    marry = await createClientAsync(`${base}/DataExChangeMarry?wsdl`);
  });
  afterAll(() => system.stop());

  it('lists each month to its total, whatever the page size', async () => {
    const months = values(await call(sam, 'getSamMonths'), 'MONTH');
    expect(months).toHaveLength(6);
    const people = new Set<string>();
    for (const month of months) {
      const whole = await call(sam, 'getSamFamilyInfoByMonth', { month, start: 0, limit: 50_000 });
      const total = Number(values(whole, 'TOTAL')[0]);
      const ids = values(whole, 'PEOPLE_ID');
      expect(ids).toHaveLength(total);
      expect(new Set(values(whole, 'PAY_MONTH'))).toEqual(new Set([month]));
      const pages: string[] = [];
      while (pages.length < total) {
        pages.push(
          ...values(await call(sam, 'getSamFamilyInfoByMonth', { month, start: pages.length, limit: 37 }), 'PEOPLE_ID'),
        );
      }
      expect(pages).toEqual(ids);
      ids.forEach((id) => people.add(id));
    }
    const known = [...truthOf(town)].flatMap((p) =>
      p.records.filter((r) => r.source === 'civil' && !r.key.includes('#')),
    );
    expect([...people].sort()).toEqual(known.map((record) => record.key).sort());
  });

  it('shows the journal year by year, oldest first, with the keys of the truth', async () => {
    const keys: string[] = [];
    let last = '';
    for (let year = 2015; year <= 2026; year++) {
      const span = { beginTime: `${year}-01-01 00:00:00`, endTime: `${year}-12-31 23:59:59` };
      const xml = await call(marry, 'getMarryInfoByTime', { ...span, start: 0, limit: 1000 });
      keys.push(...values(xml, 'MARRY_ID').flatMap((id) => [`${id}#M`, `${id}#W`]));
      for (const time of values(xml, 'OP_DATE')) {
        expect(time >= last && time >= span.beginTime && time <= span.endTime).toBe(true);
        last = time;
      }
    }
    const known = [...truthOf(town)].flatMap((p) => p.records.filter((r) => r.key.includes('#')).map((r) => r.key));
    expect(keys.sort()).toEqual(known.sort());
  });

  it('finds the last operation of two people', async () => {
    const span = { beginTime: '2020-01-01 00:00:00', endTime: '2020-12-31 23:59:59', start: 0, limit: 1 };
    const xml = await call(marry, 'getMarryInfoByTime', span);
    const pair = { certMan: values(xml, 'CERT_NUM_MAN')[0], certWoman: values(xml, 'CERT_NUM_WOMAN')[0] };
    expect(values(await call(marry, 'getMarryLastInfoByCert', pair), 'CODE')).toEqual(['02000']);
    expect(await call(marry, 'getMarryLastInfoByCert', { certMan: '1', certWoman: '2' })).toContain('01001');
  });

  it('answers mistakes with a code and HTTP 200', async () => {
    const window = { beginTime: '2019-01-01 00:00:00', endTime: '2020-01-02 00:00:01' };
    const codes: [Promise<string>, string][] = [
      [call(sam, 'getSamMonths', { userId: '' }), '00000'],
      [call(sam, 'getSamMonths', { userId: 'nobody' }), '02001'],
      [call(sam, 'getSamMonths', { passWord: 'wrong' }), '02002'],
      [call(sam, 'getSamFamilyInfoByMonth', { month: '2001-01' }), '01001'],
      [call(sam, 'getSamFamilyInfoByMonth', { month: '2026-13' }), '01004'],
      [call(sam, 'getSamFamilyInfoByMonth', { month: '2026-09', limit: 0 }), '01004'],
      [call(marry, 'getMarryInfoByTime', window), '01002'],
      [call(marry, 'getMarryInfoByTime', { ...window, endTime: 'soon' }), '01004'],
      [
        call(marry, 'getMarryInfoByTime', { beginTime: '2001-01-01 00:00:00', endTime: '2001-02-01 00:00:00' }),
        '01001',
      ],
    ];
    for (const [answer, code] of codes) expect(values(await answer, 'CODE')).toEqual([code]);
  });

  it('refuses what is no call with a SOAP fault, and expands no entity', async () => {
    const doctype =
      '<!DOCTYPE x [<!ENTITY e "e">]><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><getSamMonths/></e:Body></e:Envelope>';
    for (const body of ['', '<a>', '{"json":1}', doctype, `<a>${'x'.repeat(1 << 20)}</a>`]) {
      const { status, text } = await post(body);
      expect(status).toBe(500);
      expect(text).toContain('<faultcode>soapenv:Client</faultcode>');
    }
    const call =
      '<a:Envelope xmlns:a="x"><a:Body><b:op xmlns:b="y"><b:p>1 &lt; 2 &amp;amp;</b:p></b:op></a:Body></a:Envelope>';
    expect(readCall(call)).toEqual({ operation: 'op', parameters: { p: '1 < 2 &amp;' } });
    expect(escapeXml(`<&>"'`)).toBe('&lt;&amp;&gt;&quot;&apos;');
  });
});
