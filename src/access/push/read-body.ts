import type { IncomingMessage } from 'node:http';
import { UsageError } from '../../platform/kernel/index.js';

/**
 * The bytes of a body, as they were signed.
 *
 * @throws UsageError PUSH_ENCODING (compressed), PUSH_SIZE, PUSH_EVENT (not complete in time).
 */
export async function readBody(
  request: IncomingMessage,
  { limit, deadlineMs }: { limit: number; deadlineMs: number },
): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw new UsageError('PUSH_ENCODING');
  const tooLarge = (): UsageError => new UsageError('PUSH_SIZE', { params: { limit } });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  let timer: NodeJS.Timeout | undefined;
  // Events instead of `for await`: leaving such a loop early destroys the socket, and with it the answer.
  return new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (error: Error): void => {
      request.removeAllListeners('data').pause();
      reject(error);
    };
    const cut = (): UsageError => new UsageError('PUSH_EVENT', { params: { problem: 'body' } });
    timer = setTimeout(() => stop(cut()), deadlineMs);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) return stop(tooLarge());
      chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => reject(cut()));
    request.once('close', () => reject(cut()));
  }).finally(() => clearTimeout(timer));
}
