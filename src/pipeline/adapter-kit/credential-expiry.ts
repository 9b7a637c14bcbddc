import { ConfigurationError } from '../../platform/kernel/index.js';
import type { AdapterManifest } from './contract.js';

const DAY_MS = 86_400_000;
/** A credential is renewed by letter: a month is not long. */
const WARN_DAYS = 30;

/** When the credential of a source ends, by its manifest (a day in Shanghai; it is good until that day's end). */
export interface CredentialEnd {
  date: string;
  /** Whole days left; negative once it has ended. */
  days: number;
  standing: 'good' | 'soon' | 'ended';
}

/** Null where the manifest names no day. */
export function credentialEnd(manifest: Pick<AdapterManifest, 'id'>, now: Date): CredentialEnd | null {
  const date = (manifest as { credentialExpiry?: unknown }).credentialExpiry;
  if (typeof date !== 'string') return null;
  const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const days = Math.round((Date.parse(date) - Date.parse(today)) / DAY_MS);
  return { date, days, standing: days < 0 ? 'ended' : days <= WARN_DAYS ? 'soon' : 'good' };
}

/** @throws ConfigurationError CONNECTOR_CREDENTIAL_EXPIRED. */
export function requireCredential(manifest: Pick<AdapterManifest, 'id'>, now: Date): void {
  const end = credentialEnd(manifest, now);
  if (end?.standing === 'ended')
    throw new ConfigurationError('CONNECTOR_CREDENTIAL_EXPIRED', { origin: 'source', params: { date: end.date } });
}
