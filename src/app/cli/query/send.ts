import { RetriableError } from '../../../platform/kernel/index.js';
import type { CommandContext } from '../context.js';
import type { Answer } from './answer.js';

export interface Question {
  url: string;
  token: string;
  purpose?: string | undefined;
  caseNo?: string | undefined;
}

const DEADLINE_MS = 60_000;

/**
 * Sends one operation as an HTTP POST; values go as variables, never in an address.
 * @throws RetriableError CLI_NO_ANSWER, CLI_ANSWER_UNREADABLE.
 */
export async function send(
  context: CommandContext,
  question: Question,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const { url } = question;
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'Accept-Language': context.language,
        Authorization: `Bearer ${question.token}`,
        ...(question.purpose === undefined ? {} : { 'X-Isthmus-Purpose': headerText(question.purpose) }),
        ...(question.caseNo === undefined ? {} : { 'X-Isthmus-Case': headerText(question.caseNo) }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
  } catch (cause) {
    throw new RetriableError('CLI_NO_ANSWER', { params: { url }, cause });
  }
  const text = await response.text();
  try {
    const answer = JSON.parse(text) as Answer;
    if (answer.data === undefined && answer.errors === undefined) throw new TypeError('no GraphQL answer');
    return answer;
  } catch (cause) {
    throw new RetriableError('CLI_ANSWER_UNREADABLE', { params: { url, status: response.status }, cause });
  }
}

/** RFC 8187 where a header's value is not ASCII, as a case number in Chinese. */
const headerText = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text) ? text : `UTF-8''${encodeURIComponent(text)}`;

/** `http://host:3000` and `http://host:3000/graphql` are the same gateway. */
export function graphUrl(base: string): string {
  const url = new URL(base);
  if (url.pathname === '/') url.pathname = '/graphql';
  return url.toString();
}
