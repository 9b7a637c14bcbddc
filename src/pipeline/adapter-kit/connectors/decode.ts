import { isAscii, isUtf8 } from 'node:buffer';
import { SkippableError } from '../../../platform/kernel/index.js';

const gb18030 = new TextDecoder('gb18030', { fatal: true });

/**
 * Bytes to text, strictly: a byte that is not of the encoding makes the record unreadable instead of a `\uFFFD`
 * that would travel on. (`gbk` as a label is wrong in Node; GB18030 contains GBK.)
 *
 * @throws SkippableError CONNECTOR_RECORD_ENCODING.
 */
export function decodeStrictly(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030', stream: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isAscii(buffer)) return buffer.toString('latin1');
  if (encoding === 'utf-8') {
    if (isUtf8(buffer)) return buffer.toString('utf8');
  } else {
    try {
      return gb18030.decode(buffer);
    } catch {
      // falls through to the one error below
    }
  }
  throw new SkippableError('CONNECTOR_RECORD_ENCODING', { origin: 'source', where: { stream }, params: { encoding } });
}
