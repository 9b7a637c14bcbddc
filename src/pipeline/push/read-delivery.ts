import type { JsonObject, JsonValue } from '../../platform/kernel/index.js';
import { PUSH_SECRETS, type PushManifest } from '../adapter-kit/index.js';
import { readCloudEvents } from './cloud-events.js';
import type { Delivery, PushedEvent, PushRules } from './delivery.js';
import { readHcGov } from './hc-gov.js';
import { badEvent } from './push-error.js';

const FORMS: Readonly<Record<PushManifest['form'], (delivery: Delivery, rules: PushRules) => PushedEvent[]>> = {
  cloudevents: readCloudEvents,
  hcgov: readHcGov,
};

const WINDOW_SECONDS = 300;

/** An event as it goes into the inbox. */
export interface PushedRecord {
  id: string;
  occurredAt: Date | null;
  record: JsonObject;
}

/** What a request held: records of the stream, and how many of its events were none of the stream's. */
export interface ReadDelivery {
  records: PushedRecord[];
  ignored: number;
}

/**
 * Believes a request that was signed, and takes the stream's records out of it.
 *
 * @param settings of the source, secrets opened.
 * @throws UsageError PUSH_SIGNATURE, PUSH_TIMESTAMP, PUSH_EVENT.
 */
export function readDelivery(
  delivery: Delivery,
  push: PushManifest,
  settings: Readonly<Record<string, unknown>>,
  now: Date,
): ReadDelivery {
  const secrets = String(settings[PUSH_SECRETS[push.form].name] ?? '')
    .split(/\r?\n/)
    .filter((secret) => secret.length >= PUSH_SECRETS[push.form].minLength);
  const rules = { secrets, windowSeconds: push.windowSeconds ?? WINDOW_SECONDS, now };
  const events = FORMS[push.form](delivery, rules);
  const wanted = events.filter(({ type }) => push.types?.includes(type) ?? true);
  return { records: wanted.map((event) => recordOf(event, push, now)), ignored: events.length - wanted.length };
}

function recordOf(event: PushedEvent, push: PushManifest, now: Date): PushedRecord {
  let record: JsonValue | undefined = event.data;
  for (const name of (push.record ?? '').split('.').filter((part) => part !== '')) record = memberOf(record, name);
  if (record === undefined || record === null || typeof record !== 'object' || Array.isArray(record))
    throw badEvent(push.record ?? 'data');
  const whole: JsonObject = { ...record };
  for (const [field, attribute] of Object.entries(push.fields ?? {}))
    whole[field] = memberOf(event.attributes as JsonObject, attribute) ?? null;
  const { id, occurredAt } = event;
  // A clock that is ahead must not make all that follows look old.
  return { id, occurredAt: occurredAt && occurredAt > now ? now : occurredAt, record: whole };
}

const memberOf = (value: JsonValue | undefined, name: string): JsonValue | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, name)
    ? value[name]
    : undefined;
