import { describe, expect, it } from '@jest/globals';
import type { AdapterManifest } from './contract.js';
import { credentialEnd, requireCredential } from './credential-expiry.js';

const manifest = { id: 'a', credentialExpiry: '2027-06-30' } as unknown as AdapterManifest;
const at = (text: string): Date => new Date(text);

describe('the last day of a credential', () => {
  it('is told of a month before, holds to its end in Shanghai, and ends', () => {
    expect(credentialEnd(manifest, at('2027-05-30T12:00:00+08:00'))).toMatchObject({ days: 31, standing: 'good' });
    expect(credentialEnd(manifest, at('2027-05-31T00:00:00+08:00'))).toMatchObject({ days: 30, standing: 'soon' });
    const evening = at('2027-06-30T23:59:59+08:00');
    expect(credentialEnd(manifest, evening)).toEqual({ date: '2027-06-30', days: 0, standing: 'soon' });
    expect(() => requireCredential(manifest, evening)).not.toThrow();
    expect(() => requireCredential(manifest, at('2027-07-01T00:00:00+08:00'))).toThrow('CONNECTOR_CREDENTIAL_EXPIRED');
  });

  it('is unknown where the manifest names none', () => {
    expect(credentialEnd({ id: 'a' }, new Date())).toBeNull();
  });
});
