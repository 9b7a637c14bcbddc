import type { RequestListener, ServerResponse } from 'node:http';
import type { Changes } from '../../days/index.js';
import { indexMarriages, marriageEntry } from '../../generator/marriage-view.js';
import { sameText } from '../credentials.js';
import { readBody } from '../read-body.js';
import { struck } from '../../faults/http-faults.js';
import { CODE, failed, faultyResult } from './codes.js';
import { faultEnvelope, readCall, resultEnvelope } from './xml.js';

export const MARRY_CHECK_PATH = '/services/MarryCheck';
const NAMESPACE = 'http://check.service.civil.town.test';
const OPERATION = 'checkMarryByCert';
const ROOT = 'MARRY_CHECK';

/** The last operation of each couple, by their numbers in order; made at the first question of a day. */
function lastOperations({ town, journal }: Changes): () => Map<string, string> {
  let known: Map<string, string> | null = null;
  return () => {
    if (known) return known;
    known = new Map();
    for (const [place, plan] of indexMarriages(town).entries()) {
      const { row } = marriageEntry(town, town.household(plan.household), plan, place);
      known.set(couple(row['CERT_NUM_MAN']!, row['CERT_NUM_WOMAN']!), plan.operation);
    }
    for (const { row } of journal) known.set(couple(row['CERT_NUM_MAN']!, row['CERT_NUM_WOMAN']!), row['OP_TYPE']!);
    return known;
  };
}

const couple = (one: string, other: string): string => [one, other].sort().join('|');

/** Whether two people are married to each other, as yes (1) or no (0); 2 = the journal has nothing about the two. */
export function marryCheck(day: Changes, account: { userId: string; passWord: string }): RequestListener {
  const operations = lastOperations(day);
  const answer = ({ userId, passWord, certNumA, certNumB }: Record<string, string>): string => {
    if (!userId) return failed(ROOT, CODE.notAuthorised);
    if (userId !== account.userId) return failed(ROOT, CODE.unknownUser);
    if (!sameText(passWord ?? '', account.passWord)) return failed(ROOT, CODE.wrongPassword);
    if (!certNumA || !certNumB) return failed(ROOT, CODE.badData);
    const last = operations().get(couple(certNumA, certNumB));
    const result = last === undefined ? '2' : last === 'IB' || last === 'ID' ? '0' : '1';
    return `<${ROOT}><CODE>${CODE.ok}</CODE><ANSWER><RESULT>${result}</RESULT></ANSWER></${ROOT}>`;
  };
  return (request, response) => {
    const body = request.method === 'POST' && request.url === MARRY_CHECK_PATH ? readBody(request) : null;
    Promise.resolve(body)
      .then((text) => {
        const call = text === null ? null : readCall(text);
        if (call?.operation !== OPERATION) return send(response, 500, faultEnvelope('not a call of this service'));
        const result = faultyResult(ROOT, struck(request)) ?? answer(call.parameters);
        send(response, 200, resultEnvelope(NAMESPACE, OPERATION, result));
      })
      .catch(() => send(response, 500, faultEnvelope('internal error')));
  };
}

function send(response: ServerResponse, status: number, xml: string): void {
  const bytes = Buffer.from(xml);
  response.writeHead(status, { 'Content-Type': 'text/xml;charset=utf-8', 'Content-Length': bytes.length });
  response.end(bytes);
}
