import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { JsonObject, JsonValue } from '../../../platform/kernel/index.js';

/** What is wrong with an XML text, without a word of its content. */
export class XmlError extends Error {
  constructor(readonly problem: 'doctype' | 'malformed' | 'entity') {
    super(`xml: ${problem}`);
  }
}

const PREDEFINED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * A text with its entities resolved: @throws XmlError. Only the five predefined entities and character references exist here. Documents cannot declare more (DOCTYPE is
 * refused), so nothing expands and nothing outside is read.
 */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  // The usual case, also for megabytes of XML inside a text: predefined entities only, no call per entity.
  if (!/&(?!(?:lt|gt|amp|quot|apos);)/.test(text))
    return text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&');
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[^;&\s]{1,32})?;?/g, (whole, name: string | undefined) => {
    if (name === undefined || !whole.endsWith(';')) throw new XmlError('entity');
    if (name.startsWith('#')) {
      const point = name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
      if (!isXmlCharacter(point)) throw new XmlError('entity');
      return String.fromCodePoint(point);
    }
    const value = PREDEFINED[name];
    if (value === undefined) throw new XmlError('entity');
    return value;
  });
}

const isXmlCharacter = (point: number): boolean =>
  point === 9 ||
  point === 10 ||
  point === 13 ||
  (point >= 0x20 && point <= 0xd7ff) ||
  (point >= 0xe000 && point <= 0xfffd) ||
  (point >= 0x10000 && point <= 0x10ffff);

const nothing = (): void => undefined;
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  maxNestedTags: 64,
  processEntities: true,
  entityDecoder: {
    setExternalEntities: nothing,
    addInputEntities: nothing,
    reset: nothing,
    setXmlVersion: nothing,
    decode: decodeEntities,
  },
});

/**
 * A document or element as a plain object: elements become members, repeated elements arrays, text strings (never
 * numbers), attributes `@name`, text beside attributes or elements `#text`, `xsi:nil` null. Name-space prefixes are dropped.
 *
 * @throws XmlError.
 */
export function parseXml(text: string): JsonObject {
  if (/<!DOCTYPE/i.test(text)) throw new XmlError('doctype');
  if (XMLValidator.validate(text) !== true) throw new XmlError('malformed');
  try {
    return tidy(parser.parse(text) as JsonObject) as JsonObject;
  } catch (error) {
    throw error instanceof XmlError ? error : new XmlError('malformed');
  }
}

/** White space between elements is layout; name-space declarations are none of the data. */
function tidy(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(tidy);
  if (value === null || typeof value !== 'object') return value;
  if (value['@nil'] === 'true' || value['@nil'] === '1') return null;
  const members: JsonObject = {};
  let elements = 0;
  for (const [name, member] of Object.entries(value)) {
    if (name === '@xmlns' || name === '#text') continue;
    members[name] = tidy(member);
    elements++;
  }
  const text = value['#text'];
  if (elements === 0) return typeof text === 'string' ? text : '';
  if (typeof text === 'string' && text.trim() !== '') members['#text'] = text;
  return members;
}

/** The values at a path of element names (`A/B/C`); a repeated element at any step is spread. */
export function atPath(root: JsonValue | undefined, path: string): JsonValue[] {
  let found: JsonValue[] = root === undefined ? [] : [root];
  for (const name of path.split('/').filter((part) => part !== '')) {
    const next: JsonValue[] = [];
    for (const value of found) {
      if (value === null || typeof value !== 'object' || Array.isArray(value)) continue;
      const member = value[name];
      if (Array.isArray(member)) next.push(...member);
      else if (member !== undefined) next.push(member);
    }
    found = next;
  }
  return found;
}

/** The first text at a path, or null. */
export function textAt(root: JsonValue | undefined, path: string): string | null {
  const value = atPath(root, path)[0];
  return typeof value === 'string' ? value : null;
}

/** Text made safe as XML content or attribute value. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&${Object.keys(PREDEFINED).find((name) => PREDEFINED[name] === sign)!};`);
