import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../platform/kernel/index.js';
import type { Language } from '../../platform/messages/index.js';
import type { GraphRequester } from './ports.js';

/** Header that carries the envelope of a call between gateway and subgraph. */
export const ENVELOPE_HEADER = 'x-isthmus-envelope';
/** How long an envelope opens anything, ms: longer than any call, short enough that a stolen one is worthless. */
const LIFETIME_MS = 60_000;

/** What a subgraph in another process must know about the operation that it works for. */
export interface Envelope {
  operationId: string;
  /** Name of the subgraph that may open it. */
  target: string;
  requester: GraphRequester;
  policyVersion: string;
  operationName: string | null;
  operation: string[];
  documentHash: string | null;
  /** When the operation began, ISO 8601. */
  time: string;
  /** In which sentences are told. */
  language?: Language;
}

interface Sealed extends Envelope {
  body: string;
  expires: number;
}

const mac = (key: Secret<Buffer>, text: string): Buffer => createHmac('sha256', key.reveal()).update(text).digest();
const digest = (body: string): string => createHash('sha256').update(body).digest('base64url');

/** Signs an envelope together with the body it goes with. */
export function sealEnvelope(key: Secret<Buffer>, envelope: Envelope, body: string, now = Date.now()): string {
  const sealed: Sealed = { ...envelope, body: digest(body), expires: now + LIFETIME_MS };
  const text = Buffer.from(JSON.stringify(sealed)).toString('base64url');
  return `${text}.${mac(key, text).toString('base64url')}`;
}

/** The envelope, or null when it was not signed with the key, is too old, for another target or another body. */
export function openEnvelope(
  key: Secret<Buffer>,
  header: string | undefined,
  target: string,
  body: string,
  now = Date.now(),
): Envelope | null {
  const [text = '', signature = ''] = (header ?? '').split('.');
  const given = Buffer.from(signature, 'base64url');
  const right = mac(key, text);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const { body: ofBody, expires, ...envelope } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Sealed;
  return envelope.target === target && expires > now && ofBody === digest(body) ? envelope : null;
}
