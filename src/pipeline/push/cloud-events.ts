import { createHmac, timingSafeEqual } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../platform/kernel/index.js';
import type { Delivery, PushedEvent, PushRules } from './delivery.js';
import { badEvent, checkWindow, unsigned } from './push-error.js';
import { objectOf, parseText, textOf } from './read-json.js';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const MAX_EVENTS = 1000;
/** RFC 3339 with its zone; without one nobody knows when it was. */
const TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/**
 * CloudEvents 1.0 in JSON, structured, binary or as a batch, whose sender holds the shared secret.
 *
 * @throws UsageError PUSH_SIGNATURE, PUSH_TIMESTAMP, PUSH_EVENT.
 */
export function readCloudEvents(delivery: Delivery, rules: PushRules): PushedEvent[] {
  checkSignature(delivery, rules);
  const type = mediaType(delivery.headers['content-type']);
  if (type === BATCH) {
    const batch = parseText(textOf(delivery.body));
    if (!Array.isArray(batch) || batch.length > MAX_EVENTS) throw badEvent(`batch ≤ ${MAX_EVENTS}`);
    return batch.map((one) => structured(objectOf(one, 'event')));
  }
  if (type === STRUCTURED) return [structured(objectOf(parseText(textOf(delivery.body)), 'event'))];
  return [binary(delivery, type)];
}

const mediaType = (header = ''): string => header.split(';', 1)[0]!.trim().toLowerCase();

/**
 * HMAC-SHA256 over `<timestamp>.`, then in binary mode each `ce-` header as `name:value` and a line feed in the order
 * of their names (the attributes are part of the event), then the body.
 */
export function signedBytes({ headers, body }: Delivery, timestamp: string): Buffer {
  const attributes = Object.keys(headers)
    .filter((name) => name.startsWith('ce-') && headers[name] !== undefined)
    .sort()
    .map((name) => `${name}:${headers[name]}\n`)
    .join('');
  return Buffer.concat([Buffer.from(`${timestamp}.${attributes}`, 'latin1'), body]);
}

function checkSignature(delivery: Delivery, rules: PushRules): void {
  const timestamp = delivery.headers['x-isthmus-timestamp'] ?? '';
  const given = /^sha256=([0-9a-f]{64})$/.exec(delivery.headers['x-isthmus-signature'] ?? '')?.[1];
  if (given === undefined || !/^\d{1,12}$/.test(timestamp)) throw unsigned();
  const signed = signedBytes(delivery, timestamp);
  const matches = rules.secrets.some((secret) =>
    timingSafeEqual(createHmac('sha256', secret).update(signed).digest(), Buffer.from(given, 'hex')),
  );
  if (!matches) throw unsigned();
  checkWindow(new Date(Number(timestamp) * 1000), rules);
}

function structured(event: JsonObject): PushedEvent {
  const { data, data_base64: encoded, ...attributes } = event;
  if (data !== undefined && encoded !== undefined) throw badEvent('data, data_base64');
  return eventOf(attributes, encoded === undefined ? data : decoded(encoded));
}

function binary({ headers, body }: Delivery, type: string): PushedEvent {
  if (type !== 'application/json' && !type.endsWith('+json')) throw badEvent('Content-Type');
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (name.startsWith('ce-') && value !== undefined) attributes[name.slice(3)] = percentDecoded(value);
  return eventOf(attributes, parseText(textOf(body)));
}

/** The HTTP binding writes what is not printable ASCII as %XX of UTF-8. */
function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw badEvent('ce- header');
  }
}

function decoded(encoded: JsonValue): JsonValue {
  if (typeof encoded !== 'string') throw badEvent('data_base64');
  return parseText(textOf(Buffer.from(encoded, 'base64')));
}

function eventOf(attributes: Readonly<Record<string, unknown>>, data: JsonValue | undefined): PushedEvent {
  const text = (name: string): string => {
    const value = attributes[name];
    if (typeof value !== 'string' || value === '' || value.length > 1024) throw badEvent(name);
    return value;
  };
  if (attributes['specversion'] !== '1.0') throw badEvent('specversion');
  const time = attributes['time'];
  const valid = typeof time === 'string' && TIME.test(time) && !Number.isNaN(Date.parse(time));
  if (time !== undefined && time !== null && !valid) throw badEvent('time');
  return {
    // An id is unique within the source that the event names.
    id: JSON.stringify([text('source'), text('id')]),
    type: text('type'),
    occurredAt: valid ? new Date(time) : null,
    attributes,
    data: objectOf(data, 'data'),
  };
}
