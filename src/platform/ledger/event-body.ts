import { canonicalJson, holdsCitizenIdShape, type JsonObject, type JsonValue } from '../kernel/index.js';
import { catalogue, type EventFieldType, type EvidenceEvent } from './catalogue.js';
import { eventInvalidError } from './ledger.errors.js';

const FORMAT = 1;
const MAX_TEXT = 400;
const MAX_ITEMS = 5000;
const HEX = /^(?:[0-9a-f]{2}){1,64}$/;

/** What a body says besides the event's own fields. */
export interface EventStamp {
  /** UUIDv7. */
  id: string;
  /** The process clock; the order of events is the database's business. */
  at: Date;
}

/**
 * The bytes that are kept and later become a leaf of the evidence tree: RFC 8785 canonical JSON of
 * `{v, id, at, code, …fields}`. They never change again, so their form is fixed from the first one on.
 *
 * @throws FatalError LEDGER_EVENT_INVALID when the event does not match its kind in `schemas/audit`.
 */
export function eventBody(event: EvidenceEvent, stamp: EventStamp): Buffer {
  const { types, events } = catalogue();
  const { code } = event;
  const spec = events.get(code);
  if (!spec) throw eventInvalidError(code, 'unknown code');
  const body: JsonObject = { v: FORMAT, id: stamp.id, at: stamp.at.toISOString(), code };
  for (const [field, value] of Object.entries(event)) {
    if (field === 'code' || value === undefined || value === null) continue;
    if (!spec.required.has(field) && !spec.optional.has(field)) throw eventInvalidError(code, `${field}: not declared`);
    body[field] = checkedValue(code, field, types.get(field)!, value);
  }
  for (const field of spec.required) if (!(field in body)) throw eventInvalidError(code, `${field}: missing`);
  return Buffer.from(canonicalJson(body), 'utf8');
}

function checkedValue(code: string, field: string, type: EventFieldType, value: unknown): JsonValue {
  const fail = (): never => {
    throw eventInvalidError(code, `${field}: not a ${type}`);
  };
  const text = (item: unknown): string => {
    if (typeof item !== 'string' || item.length === 0 || item.length > MAX_TEXT || !item.isWellFormed()) return fail();
    if (holdsCitizenIdShape(item)) throw eventInvalidError(code, `${field}: holds an identifier`);
    return item;
  };
  switch (type) {
    case 'text':
      return text(value);
    case 'digest': {
      const hex = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
      return typeof hex === 'string' && HEX.test(hex) ? hex : fail();
    }
    case 'integer': {
      const number = typeof value === 'bigint' ? Number(value) : value;
      return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : fail();
    }
    case 'boolean':
      return typeof value === 'boolean' ? value : fail();
    case 'list':
      if (!Array.isArray(value) || value.length > MAX_ITEMS) return fail();
      return [...new Set(value.map(text))].sort();
  }
}
