import type { RequestListener, ServerResponse } from 'node:http';
import { fifteenDigits } from '../../generator/id-number.js';
import type { Holder } from '../../generator/telecom-view.js';
import { sameText } from '../credentials.js';
import { readBody } from '../read-body.js';
import type { Catalogue } from './catalogue.js';

export const CHECK_PATH = '/check/v1/threeElements';

/** 1 they belong together, 2 they do not, 3 no such number here. */
type Result = '1' | '2' | '3';

/** Mobile number → who holds it; made at the first question. */
function holders(books: Catalogue): () => Map<string, Holder[]> {
  let known: Map<string, Holder[]> | null = null;
  return () => {
    if (known) return known;
    known = new Map();
    for (const { holder, line } of books.lines(0, books.lineCount)) {
      if (line.type !== 'mobile' || line.status === 'terminated') continue;
      known.set(line.number, [...(known.get(line.number) ?? []), holder]);
    }
    return known;
  };
}

/** The number the operator took down; where his screens mask it, his vault has it whole. */
function hasNumber({ person, written }: Holder, idNumber: string): boolean {
  if (written.idState === 'missing' || written.idState === 'wrong') return false;
  return person.idNumber === idNumber || fifteenDigits(person.idNumber) === idNumber;
}

/**
 * The operator's check that name, ID number and mobile number belong together (三要素核验): JSON over POST, Bearer
 * token, and nothing but a figure comes back.
 */
export function telecomCheck(books: Catalogue, token: string): RequestListener {
  const index = holders(books);
  const judge = (name: string, idNumber: string, mobile: string): Result => {
    const found = index().get(mobile);
    if (found === undefined) return '3';
    return found.some((holder) => holder.written.name === name && hasNumber(holder, idNumber)) ? '1' : '2';
  };
  const serve: (...given: Parameters<RequestListener>) => Promise<void> = async (request, response) => {
    if (!sameText(request.headers.authorization ?? '', `Bearer ${token}`))
      return send(response, 401, { resultCode: '4010', resultMsg: 'token' });
    if (request.method !== 'POST' || request.url !== CHECK_PATH)
      return send(response, 404, { resultCode: '4040', resultMsg: 'path' });
    const { name, idNumber, mobile } = parse(await readBody(request));
    if (typeof name !== 'string' || typeof idNumber !== 'string' || typeof mobile !== 'string')
      return send(response, 200, { resultCode: '1001', resultMsg: '参数错误' });
    send(response, 200, {
      resultCode: '0000',
      resultMsg: '成功',
      data: { result: judge(name, idNumber, mobile) },
    });
  };
  return (request, response) => {
    serve(request, response).catch(() => send(response, 500, { resultCode: '9999', resultMsg: 'error' }));
  };
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value = JSON.parse(text ?? '') as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'Content-Type': 'application/json;charset=utf-8', 'Content-Length': bytes.length });
  response.end(bytes);
}
