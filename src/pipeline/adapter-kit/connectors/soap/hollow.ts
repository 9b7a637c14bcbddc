import { decodeEntities } from '../xml.js';

/** What stands for the long text while the rest is parsed. */
const TOKEN = 'isthmus-long-text';
const MANY_TAGS = 200;

export interface Hollowed {
  /** The document with a short word in place of its longest text. */
  skeleton: string;
  /** Gives the long text back where the parsed skeleton has the short word. @throws XmlError. */
  fill(value: string): string;
}

/**
 * Takes the one long text out of an envelope before it is parsed: an XML parser goes through a text of megabytes
 * character by character, which costs ten times the rest of the work. A document with many elements or several CDATA
 * sections is left as it is.
 */
export function hollow(text: string): Hollowed {
  const same: Hollowed = { skeleton: text, fill: (value) => value };
  if (text.includes(TOKEN)) return same;
  const cdata = text.indexOf('<![CDATA[');
  if (cdata >= 0) {
    const end = text.indexOf(']]>', cdata);
    if (end < 0 || text.indexOf('<![CDATA[', end) >= 0) return same;
    const inside = text.slice(cdata + 9, end);
    return around(text.slice(0, cdata), text.slice(end + 3), () => inside);
  }
  const parts = text.split('<', MANY_TAGS);
  if (parts.length === MANY_TAGS) return same;
  let at = 0;
  let longest = 0;
  for (let index = 0, offset = 0; index < parts.length; offset += parts[index]!.length + 1, index++)
    if (parts[index]!.length > longest) [at, longest] = [offset, parts[index]!.length];
  const begin = text.indexOf('>', at) + 1;
  if (begin === 0 || begin > at + longest) return same;
  const inside = text.slice(begin, at + longest);
  return around(text.slice(0, begin), text.slice(at + longest), () => decodeEntities(inside));
}

const around = (before: string, behind: string, content: () => string): Hollowed => ({
  skeleton: before + TOKEN + behind,
  fill: (value) => (value.trim() === TOKEN ? content() : value),
});
