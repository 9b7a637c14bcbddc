import { badEvent } from './push-error.js';

/**
 * The members of a JSON object, each exactly as it was written: what somebody signed is this text, and no serialiser
 * gives it back. The object was parsed before, so its syntax holds. A name that stands twice is refused: one text would
 * be verified and the other served.
 *
 * @throws UsageError PUSH_EVENT.
 */
export function memberTexts(object: string): Map<string, string> {
  const members = new Map<string, string>();
  let at = skipSpace(object, object.indexOf('{') + 1);
  while (object[at] === '"') {
    const keyEnd = endOfValue(object, at);
    const key = JSON.parse(object.slice(at, keyEnd)) as string;
    const from = skipSpace(object, object.indexOf(':', keyEnd) + 1);
    const to = endOfValue(object, from);
    if (members.has(key)) throw badEvent('one member of each name');
    members.set(key, object.slice(from, to));
    at = skipSpace(object, to);
    if (object[at] !== ',') break;
    at = skipSpace(object, at + 1);
  }
  return members;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  return at;
}

/** Where the value that begins at `from` ends. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"') {
      at = endOfText(text, at);
      if (depth === 0) return at + 1;
    } else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (char === ',' || ' \t\r\n'.includes(char))) return at;
  }
  return text.length;
}

function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
