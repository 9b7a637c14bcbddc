import { session, whoAsks } from './session.js';

const DEADLINE_MS = 30_000;

/** RFC 8187 where a header's value is not ASCII, as a case number in Chinese. */
const headerText = (text) => (/^[\x20-\x7e]*$/.test(text) ? text : `UTF-8''${encodeURIComponent(text)}`);

/**
 * Asks the graph: always a POST, values as variables, nothing in an address, nothing kept by the browser.
 * @returns {{data, errors, extensions}}; what went wrong on the way has the shape of a GraphQL error.
 */
export async function ask(query, variables = {}, { as = whoAsks(), personal = true } = {}) {
  if (!as) return failure('UNAUTHENTICATED', '尚未选择身份', '在页面右上方选择身份或输入令牌');
  const headers = {
    'Content-Type': 'application/json',
    Accept: 'application/json',
    'Accept-Language': 'zh-CN',
    Authorization: `Bearer ${as.token}`,
  };
  if (personal && session.purpose) headers['X-Isthmus-Purpose'] = session.purpose;
  if (personal && session.caseNo) headers['X-Isthmus-Case'] = headerText(session.caseNo);
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const answer = await response.json();
    if (answer.data === undefined && answer.errors === undefined) throw new TypeError('no GraphQL answer');
    return answer;
  } catch (error) {
    return error?.name === 'TimeoutError'
      ? failure(
          'NO_ANSWER',
          `网关在 ${DEADLINE_MS / 1000} 秒内没有回答`,
          '稍后重试;若反复出现,请运维查看程序是否仍在运行',
        )
      : failure('NO_ANSWER', '没有连上网关,或回答无法读取', '确认程序仍在运行(npm start),再重试');
  }
}

const failure = (code, message, cure) => ({ data: null, errors: [{ message, extensions: { code, cure } }] });

/** Something the console serves as JSON, refusals included. */
export async function readJson(path) {
  const response = await fetch(path, { credentials: 'omit', cache: 'no-cache', redirect: 'error' });
  return response.json();
}
