/** The parts that name one dwelling; `null` where the source does not say. */
export interface DwellingParts {
  /** A division code of 6 or more digits; the first 6 count. */
  division: string | null | undefined;
  estate: string | null | undefined;
  building: string | null | undefined;
  unit: string | null | undefined;
  room: string | null | undefined;
}

/**
 * `<county>|<estate>|<幢>|<单元>|<室>`, the key by which two sources mean the same dwelling. Null when any part is missing:
 * a guess would join strangers. Parts are expected as `parseAddress` gives them; numbers of structured columns (`03`, `3幢`)
 * are brought to the same form here.
 */
export function dwellingKey({ division, estate, building, unit, room }: DwellingParts): string | null {
  if (!division || !estate || !building || !unit || !room || division.length < 6) return null;
  return `${division.slice(0, 6)}|${estate}|${plainNumber(building)}|${plainNumber(unit)}|${plainNumber(room)}`;
}

/** `03` → `3`, `3幢` → `3`, `b` → `B`; anything else as it is. */
export function plainNumber(text: string): string {
  let start = 0;
  while (start < text.length - 1 && text.charCodeAt(start) === 48 && isAlphanumeric(text.charCodeAt(start + 1)))
    start++;
  let end = start;
  while (end < text.length && (isAlphanumeric(text.charCodeAt(end)) || text[end] === '-')) end++;
  if (end === start) return text;
  return start === 0 && end === text.length ? upper(text) : upper(text.slice(start, end));
}

const isAlphanumeric = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

const upper = (text: string): string => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 97) return text.toUpperCase();
  return text;
};
