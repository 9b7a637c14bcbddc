import { createHash } from 'node:crypto';
import type { RequestListener, ServerResponse } from 'node:http';
import type { ResidentRow } from '../../generator/police-view.js';
import { struck } from '../../faults/http-faults.js';
import type { Fault } from '../../faults/kinds.js';
import { wsdl, type ServiceDescription } from '../civil/wsdl.js';
import { elements, escapeXml, faultEnvelope, readCall, resultEnvelope } from '../civil/xml.js';
import { sameText, type LookupAccount } from '../credentials.js';
import { readBody } from '../read-body.js';
import type { Register } from './register.js';

export const LOOKUP_PATH = '/services/HzWebService';
const CREDENTIALS = ['pcsbm', 'sbh', 'md5'] as const;

const SERVICE: ServiceDescription = {
  name: 'HzWebService',
  namespace: 'http://ws.hz2004.police.town.test',
  operations: {
    queryRkjbxxBysfz: [...CREDENTIALS, 'sfzh', 'type'],
    checkRkjbxxBysfz: [...CREDENTIALS, 'sfzh', 'xm'],
  },
};

/** First level: was the call let in. */
const RETURN = { ok: '000', device: '101', password: '102', parameters: '103' } as const;
/** Second level: what became of the question. */
const BUSINESS = { ok: '0', nothing: '1' } as const;

const SHOWN = [
  ...(['rynbid', 'ryid', 'gmsfhm', 'xm', 'xb', 'csrq', 'ryzt', 'swrq', 'hh', 'hb', 'ssxq', 'jcwh', 'mlxz'] as const),
  ...(['pcs', 'qysj', 'jssj', 'cxbz'] as const),
];

/** The police's look-up by ID number: credentials as parameters, status in two levels, no list and no search by name. */
export function policeLookup(register: () => Pick<Register, 'find'>, account: LookupAccount): RequestListener {
  const md5 = createHash('md5').update(account.password).digest('hex');
  const refusal = (given: Record<string, string>): string | null => {
    if (given['pcsbm'] !== account.station || given['sbh'] !== account.device) return RETURN.device;
    return sameText(given['md5'] ?? '', md5) ? null : RETURN.password;
  };
  const answer = async (request: Parameters<RequestListener>[0], response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://town');
    if (url.pathname !== LOOKUP_PATH) return send(response, 404, faultEnvelope('no such service'));
    if (request.method === 'GET' && url.searchParams.has('wsdl'))
      return send(response, 200, wsdl(SERVICE, `http://${request.headers.host ?? '127.0.0.1'}${LOOKUP_PATH}`));
    const body = request.method === 'POST' ? await readBody(request) : null;
    const call = body === null ? null : readCall(body);
    if (call === null || !Object.hasOwn(SERVICE.operations, call.operation))
      return send(response, 500, faultEnvelope('not a SOAP 1.1 call of this service'));
    const refused = refusal(call.parameters);
    const answered = (): string =>
      refused === null ? operation(call.operation, call.parameters, register()) : envelope(refused, BUSINESS.nothing);
    const result = faultyResult(struck(request)) ?? answered();
    send(response, 200, resultEnvelope(SERVICE.namespace, call.operation, result));
  };
  return (request, response) => {
    answer(request, response).catch(() => send(response, 500, faultEnvelope('internal error')));
  };
}

/** What stands in place of a result, with HTTP 200 like any answer. */
function faultyResult(faults: readonly Fault[]): string | null {
  for (const { kind, code } of faults) {
    if (kind === 'credential') return envelope(RETURN.password, BUSINESS.nothing);
    if (kind === 'soap-error') return envelope(code, BUSINESS.nothing);
    if (kind === 'soap-text') return '系统繁忙,请稍后再试';
  }
  return null;
}

function operation(
  name: string,
  { sfzh = '', xm = '' }: Record<string, string>,
  register: Pick<Register, 'find'>,
): string {
  if (!/^\d{17}[\dX]$/.test(sfzh)) return envelope(RETURN.parameters, BUSINESS.nothing);
  const found = register.find(sfzh);
  if (name === 'checkRkjbxxBysfz') return envelope(RETURN.ok, BUSINESS.ok, check(found, xm));
  if (found.length === 0) return envelope(RETURN.ok, BUSINESS.nothing);
  return envelope(RETURN.ok, BUSINESS.ok, found.map(person).join(''));
}

/** 一致 or 不一致, as the national number check words it; for a number it does not know, no word about the name. */
function check(found: readonly ResidentRow[], name: string): string {
  const word = (same: boolean): string => (same ? '一致' : '不一致');
  const of = found.length === 0 ? '库中无此号' : word(true);
  const about = found.length === 0 ? '' : `<result_xm>${word(found.some(({ xm }) => xm === name))}</result_xm>`;
  return `<CHECK><result_gmsfhm>${of}</result_gmsfhm>${about}</CHECK>`;
}

const person = (row: ResidentRow): string =>
  `<PERSON>${elements(Object.fromEntries(SHOWN.map((column) => [column, row[column]])))}</PERSON>`;

const WORDS: Record<string, string> = {
  ...{ [RETURN.ok]: '成功', [RETURN.device]: '设备未登记', [RETURN.password]: '密码错误' },
  ...{ [RETURN.parameters]: '参数错误', [BUSINESS.ok]: '查询成功', [BUSINESS.nothing]: '查无此人' },
};

function envelope(returned: string, business: string, area = ''): string {
  const level = (name: string, code: string): string =>
    `<${name}><Code>${code}</Code><Description>${escapeXml(WORDS[code] ?? '系统错误')}</Description></${name}>`;
  return `<RETURN>${level('ReturnInfo', returned)}${level('BusinessInfo', business)}<UserArea>${area}</UserArea></RETURN>`;
}

function send(response: ServerResponse, status: number, xml: string): void {
  const bytes = Buffer.from(xml);
  response.writeHead(status, { 'Content-Type': 'text/xml;charset=utf-8', 'Content-Length': bytes.length });
  response.end(bytes);
}
