import type { Compile } from './compile-context.js';
import { scalarText } from './finish.js';
import { identifierOf } from './identifier-key.js';
import type { StreamView } from './mapping-document.js';
import { VALUE, type Outcome } from './outcome.js';
import { parsePath, type Path, type Row } from './path.js';

/** The stream's key; null when it cannot be read (the reason is in `out`). */
export type ReadKey = (row: Row, out: Outcome) => string | null;

/** A text that cannot be stored as it is: it would become another text. */
const BROKEN = /[\0\p{Surrogate}]/u;
/** Beyond this an index entry would not fit; no real key is near it. */
const MAX_LENGTH = 400;

/**
 * Parts are joined by `|`; in a key of several parts, `\` and `|` inside a part are written `\\` and `\|`, so two
 * different keys never look alike and the first part (the period) can be split off.
 */
export function compileKey(stream: StreamView, compile: Compile): ReadKey | null {
  const paths: Path[] = [];
  for (const field of stream.key) {
    const path = parsePath(field);
    if (path === null) compile.problems.add('', 'MAPPING_KEY_PATH_INVALID', { stream: stream.name, path: field });
    else paths.push(path);
  }
  if (stream.key.length === 0) compile.problems.add('', 'MAPPING_KEY_NOT_DECLARED', { stream: stream.name });
  const only = paths[0];
  if (only === undefined || paths.length !== stream.key.length) return null;
  if (stream.keyIsIdentifier === true) return identifierKey(only, paths.length, stream, compile);
  if (paths.length === 1) return (row, out) => readPart(only, row, out);
  return (row, out) => {
    let key = '';
    for (let i = 0; i < paths.length; i++) {
      const part = readPart(paths[i] as Path, row, out);
      if (part === null) return null;
      const safe = part.includes('|') || part.includes('\\') ? part.replace(/[\\|]/g, '\\$&') : part;
      key = i === 0 ? safe : `${key}|${safe}`;
    }
    return key;
  };
}

function identifierKey(path: Path, parts: number, stream: StreamView, compile: Compile): ReadKey {
  if (parts > 1) compile.problems.add('', 'MAPPING_KEY_IDENTIFIER_ALONE', { stream: stream.name });
  const evaluate = identifierOf(path, compile);
  return (row, out) => {
    if (readPart(path, row, out) === null) return null;
    if (evaluate(row, out) === VALUE) return String(out.value);
    out.reject('MAPPING_KEY_MISSING', path, path.read(row), 'noKey');
    return null;
  };
}

function readPart(path: Path, row: Row, out: Outcome): string | null {
  const raw = path.read(row);
  const text = typeof raw === 'string' ? raw.trim() : scalarText(raw);
  if (text === undefined || text === null || text === '' || text.length > MAX_LENGTH || BROKEN.test(text)) {
    out.reject('MAPPING_KEY_MISSING', path, raw, 'noKey');
    return null;
  }
  return text;
}
