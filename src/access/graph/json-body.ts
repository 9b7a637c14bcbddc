import type { IncomingMessage } from 'node:http';
import { deeperThan, UsageError } from '../../platform/kernel/index.js';
import type { GraphLimits } from './limits.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Media type and charset of a Content-Type header. */
function contentType(header: string | undefined): { type: string; charset: string } {
  const [type = '', ...parameters] = (header ?? '').split(';');
  const charset = parameters
    .map((parameter) => parameter.trim().split('='))
    .find(([name]) => name?.toLowerCase() === 'charset');
  return {
    type: type.trim().toLowerCase(),
    charset: (charset?.[1] ?? 'utf-8').trim().replace(/^"|"$/g, '').toLowerCase(),
  };
}

/**
 * Reads a JSON body. A body of another media type is left unread and comes back as `{}`: the server's own checks
 * (cross-site forgery, missing query) answer it.
 *
 * @throws UsageError GRAPHQL_BODY_SIZE, GRAPHQL_BODY_CHARSET (only UTF-8, not compressed) or GRAPHQL_BODY_JSON.
 */
export async function readJsonBody(
  request: IncomingMessage,
  limits: Pick<GraphLimits, 'bodyBytes' | 'jsonDepth'>,
): Promise<unknown> {
  const { type, charset } = contentType(request.headers['content-type']);
  if (type !== 'application/json') return {};
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if ((charset !== 'utf-8' && charset !== 'utf8') || encoding.toLowerCase() !== 'identity')
    throw new UsageError('GRAPHQL_BODY_CHARSET');
  const tooLarge = (): UsageError => new UsageError('GRAPHQL_BODY_SIZE', { params: { limit: limits.bodyBytes } });
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) throw tooLarge();
  // Events instead of `for await`: leaving such a loop early destroys the socket, and with it the answer.
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limits.bodyBytes) chunks.push(chunk);
      else {
        request.removeAllListeners('data').pause();
        reject(tooLarge());
      }
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
  return parseJson(bytes, limits.jsonDepth);
}

function parseJson(bytes: Buffer, maxDepth: number): unknown {
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    throw new UsageError('GRAPHQL_BODY_CHARSET');
  }
  if (deeperThan(text, maxDepth)) throw new UsageError('GRAPHQL_BODY_JSON');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError('GRAPHQL_BODY_JSON');
  }
}
