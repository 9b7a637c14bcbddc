import { createHash, timingSafeEqual } from 'node:crypto';
import type { Delivery, PushedEvent, PushRules } from './delivery.js';
import { memberTexts } from './member-text.js';
import { badEvent, checkWindow, unsigned } from './push-error.js';
import { objectOf, parseText, textOf } from './read-json.js';

/** The sender writes its local time, and it runs in China. */
const ZONE = '+08:00';

/**
 * MicroCommunity's message to a government system: `{header: {serviceCode, extCommunityId, tranId, reqTime, sign}, body}`
 * with sign = MD5(tranId + reqTime + body + code) over the body's text as it was written.
 *
 * MD5 over a shared secret is weak, and it is what these systems speak: the window and the transaction id bound what a
 * copied message can do, and a line that nobody listens to (TLS) is needed.
 *
 * @throws UsageError PUSH_SIGNATURE, PUSH_TIMESTAMP, PUSH_EVENT.
 */
export function readHcGov({ body }: Delivery, rules: PushRules): PushedEvent[] {
  const text = textOf(body);
  objectOf(parseText(text), 'message');
  // Only what stands in these texts is served, so nothing else can be served than what is verified.
  const members = memberTexts(text);
  const header = objectOf(parseText(members.get('header') ?? 'null'), 'header');
  const written = members.get('body') ?? '';
  const field = (name: string): string => {
    const value = header[name];
    if (typeof value !== 'string' || value === '' || value.length > 200) throw badEvent(`header.${name}`);
    return value;
  };
  const [tranId, reqTime, sign] = [field('tranId'), field('reqTime'), field('sign').toLowerCase()];
  const signed = `${tranId}${reqTime}${written}`;
  if (!rules.secrets.some((code) => same(md5(signed + code), sign))) throw unsigned();
  const sentAt = timeOf(reqTime);
  checkWindow(sentAt, rules);
  return [
    {
      id: tranId,
      type: field('serviceCode'),
      occurredAt: sentAt,
      attributes: header,
      data: objectOf(parseText(written || 'null'), 'body'),
    },
  ];
}

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');
const same = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** YYYYMMDDHHmmss. */
function timeOf(text: string): Date {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  const at = parts ? new Date(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}${ZONE}`) : null;
  if (at === null || Number.isNaN(at.getTime())) throw badEvent('header.reqTime');
  return at;
}
