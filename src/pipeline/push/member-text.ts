/**
 * The text of a member of a JSON object exactly as it was written: what somebody signed is this text, and no
 * serialiser gives it back. The object was parsed before, so its syntax holds.
 *
 * @returns undefined when the object has no such member.
 */
export function memberText(object: string, name: string): string | undefined {
  let at = skipSpace(object, object.indexOf('{') + 1);
  while (object[at] === '"') {
    const keyEnd = endOfValue(object, at);
    const key = JSON.parse(object.slice(at, keyEnd)) as string;
    const from = skipSpace(object, object.indexOf(':', keyEnd) + 1);
    const to = endOfValue(object, from);
    if (key === name) return object.slice(from, to);
    at = skipSpace(object, to);
    if (object[at] !== ',') return undefined;
    at = skipSpace(object, at + 1);
  }
  return undefined;
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
