import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { struck } from '../../faults/http-faults.js';
import type { Fault } from '../../faults/kinds.js';
import type { AssistanceBooks } from './assistance.js';
import { CODE, failed, faultyResult } from './codes.js';
import type { MarriageBooks } from './marriages.js';
import { wsdl, type ServiceDescription } from './wsdl.js';
import { faultEnvelope, readCall, resultEnvelope } from './xml.js';

const CREDENTIALS = ['userId', 'passWord'] as const;
const LARGEST_REQUEST = 1 << 20;

interface Service extends ServiceDescription {
  /** Root of an operation's result, also of its failures. */
  roots: Record<string, string>;
  call: Record<string, (parameters: Record<string, string>, faults: readonly Fault[]) => string>;
}

function services(assistance: AssistanceBooks, marriages: MarriageBooks): Record<string, Service> {
  return {
    SamDataExchange: {
      name: 'SamDataExchange',
      namespace: 'http://sam.service.civil.town.test',
      operations: {
        getSamMonths: CREDENTIALS,
        getSamFamilyInfoByMonth: [...CREDENTIALS, 'month', 'start', 'limit'],
      },
      roots: { getSamMonths: 'SAM_MONTHS', getSamFamilyInfoByMonth: 'SAM_FAMILY_INFO' },
      call: {
        getSamMonths: () => assistance.getSamMonths(),
        getSamFamilyInfoByMonth: (parameters, faults) => assistance.getSamFamilyInfoByMonth(parameters, faults),
      },
    },
    DataExChangeMarry: {
      name: 'DataExChangeMarry',
      namespace: 'http://marry.service.civil.town.test',
      operations: {
        getMarryInfoByTime: [...CREDENTIALS, 'beginTime', 'endTime', 'start', 'limit'],
        getMarryLastInfoByCert: [...CREDENTIALS, 'certMan', 'certWoman'],
      },
      roots: { getMarryInfoByTime: 'MARRY_RETRUNS', getMarryLastInfoByCert: 'MARRY_RETRUNS' },
      call: {
        getMarryInfoByTime: (parameters, faults) => marriages.getMarryInfoByTime(parameters, faults),
        getMarryLastInfoByCert: (parameters) => marriages.getMarryLastInfoByCert(parameters),
      },
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_REQUEST) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, xml: string): void {
  const bytes = Buffer.from(xml);
  response.writeHead(status, { 'Content-Type': 'text/xml;charset=utf-8', 'Content-Length': bytes.length });
  response.end(bytes);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The list that a request asks for. */
export const streamOf = (request: IncomingMessage): string | null =>
  request.url?.includes('SamDataExchange')
    ? 'assistance'
    : request.url?.includes('DataExChangeMarry')
      ? 'marriages'
      : request.url?.includes('MarryCheck')
        ? 'check'
        : null;

/** Civil affairs' two services: SOAP 1.1 over HTTP, credentials as parameters, `?wsdl` for a description. */
export function civilServices(
  books: { assistance: AssistanceBooks; marriages: MarriageBooks },
  account: { userId: string; passWord: string },
): RequestListener {
  const known = services(books.assistance, books.marriages);
  const refusal = (parameters: Record<string, string>): string | null => {
    if (!parameters['userId']) return CODE.notAuthorised;
    if (parameters['userId'] !== account.userId) return CODE.unknownUser;
    const right = timingSafeEqual(digest(parameters['passWord'] ?? ''), digest(account.passWord));
    return right ? null : CODE.wrongPassword;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://town');
    const service = known[url.pathname.replace(/^\/services\//, '')];
    if (!service) return send(response, 404, faultEnvelope('no such service'));
    if (request.method === 'GET' && url.searchParams.has('wsdl')) {
      return send(response, 200, wsdl(service, `http://${request.headers.host ?? '127.0.0.1'}${url.pathname}`));
    }
    if (request.method !== 'POST') return send(response, 405, faultEnvelope('POST a SOAP 1.1 envelope'));
    const body = await readBody(request);
    const call = body === null ? null : readCall(body);
    const operation = call && Object.hasOwn(service.call, call.operation) ? service.call[call.operation] : undefined;
    if (!call || !operation) return send(response, 500, faultEnvelope('not a SOAP 1.1 call of this service'));
    const faults = struck(request);
    const refused = refusal(call.parameters);
    const root = service.roots[call.operation]!;
    const wrong = faultyResult(root, faults);
    const result = refused !== null ? failed(root, refused) : (wrong ?? operation(call.parameters, faults));
    send(response, 200, resultEnvelope(service.namespace, call.operation, result));
  };
  return (request, response) => {
    answer(request, response).catch(() => send(response, 500, faultEnvelope('internal error')));
  };
}
