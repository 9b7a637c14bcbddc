import { isAscii, isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { FatalError } from '../../../../platform/kernel/index.js';

export type Encoding = 'utf-8' | 'gb18030';

export interface DetectedEncoding {
  encoding: Encoding;
  /** Bytes of the byte order mark to leave out. */
  bom: number;
}

const CHUNK = 1 << 20;
const SAMPLE = 64 << 10;
/** So many characters beyond ASCII, all well-formed UTF-8, are not GB18030 by chance. */
const CONCLUSIVE = 8;

/**
 * The encoding of a file: its byte order mark, its XML declaration, else whether the first part that goes beyond ASCII is
 * well-formed UTF-8. A declared encoding is checked against the same evidence, because UTF-8 read as GB18030
 * mostly decodes without an error, into nonsense.
 *
 * @throws FatalError CONNECTOR_ENCODING when the evidence contradicts the declaration or fits neither encoding.
 */
export async function detectEncoding(
  handle: FileHandle,
  declared: Encoding | 'auto',
  file: string,
): Promise<DetectedEncoding> {
  const refuse = (found: string): never => {
    throw new FatalError('CONNECTOR_ENCODING', {
      origin: 'source',
      where: { file },
      params: { declared: declared === 'auto' ? 'utf-8/gb18030' : declared, found },
    });
  };
  const sample = await firstBeyondAscii(handle);
  const head = sample.head;
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return refuse('utf-16');
  const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  if (bom > 0) return declared === 'gb18030' ? refuse('utf-8') : { encoding: 'utf-8', bom };
  const evidence = sample.bytes && judge(sample.bytes);
  const said = xmlDeclaration(head);
  const wanted = declared === 'auto' ? (said ?? undefined) : declared;
  if (!evidence) return { encoding: wanted ?? 'utf-8', bom };
  if (evidence.kind === 'neither') return refuse('unknown');
  if (wanted === undefined) return { encoding: evidence.kind, bom };
  if (wanted !== evidence.kind && (evidence.kind === 'gb18030' || evidence.characters >= CONCLUSIVE))
    return refuse(evidence.kind);
  return { encoding: wanted, bom };
}

async function firstBeyondAscii(handle: FileHandle): Promise<{ head: Buffer; bytes: Buffer | null }> {
  let head: Buffer | undefined;
  for (let position = 0; ;) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const { bytesRead } = await handle.read(chunk, 0, CHUNK, position);
    const bytes = chunk.subarray(0, bytesRead);
    head ??= Buffer.from(bytes.subarray(0, 256));
    if (bytesRead === 0) return { head, bytes: null };
    if (!isAscii(bytes)) {
      const at = bytes.findIndex((byte) => byte >= 0x80);
      const whole = bytes.subarray(at, at + SAMPLE);
      // End at a line so that no character is cut (only the very last line of a file may lack its end).
      const lastLine = whole.lastIndexOf(0x0a);
      return { head, bytes: Buffer.from(lastLine > 0 ? whole.subarray(0, lastLine) : whole) };
    }
    position += bytesRead;
  }
}

type Verdict = { kind: Encoding; characters: number } | { kind: 'neither' };

/** Line by line, so that one damaged record does not decide for the whole file. */
function judge(sample: Buffer): Verdict {
  const lines = { utf8: 0, gb: 0, neither: 0 };
  let characters = 0;
  for (const line of splitLines(sample)) {
    if (isAscii(line)) continue;
    if (isUtf8(line)) {
      lines.utf8++;
      characters += line.reduce((sum, byte) => sum + (byte >= 0xc2 ? 1 : 0), 0);
    } else if (isGb18030(line)) lines.gb++;
    else lines.neither++;
  }
  if (lines.neither > lines.utf8 + lines.gb)
    return lines.utf8 + lines.gb > 0 ? best(lines, characters) : { kind: 'neither' };
  return best(lines, characters);
}

const best = (lines: { utf8: number; gb: number }, characters: number): Verdict =>
  lines.gb > lines.utf8 ? { kind: 'gb18030', characters: 0 } : { kind: 'utf-8', characters };

function* splitLines(bytes: Buffer): Generator<Buffer> {
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf(0x0a, from);
    yield bytes.subarray(from, end < 0 ? bytes.length : end);
    if (end < 0) return;
    from = end + 1;
  }
}

const strictGb = new TextDecoder('gb18030', { fatal: true });
function isGb18030(bytes: Buffer): boolean {
  try {
    strictGb.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function xmlDeclaration(head: Buffer): Encoding | null {
  const match = /^<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(head.toString('latin1'));
  if (!match) return null;
  const name = match[1]!.toLowerCase();
  if (name === 'utf-8' || name === 'utf8' || name === 'us-ascii') return 'utf-8';
  return name === 'gb18030' || name === 'gbk' || name === 'gb2312' ? 'gb18030' : null;
}
