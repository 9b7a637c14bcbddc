import { describe, expect, it } from '@jest/globals';
import { judgeCertificate } from './probe-tls.js';

const now = Date.UTC(2026, 10, 24);
const certificate = (from: string, to: string) => ({
  valid_from: `${from} 00:00:00 GMT`,
  valid_to: `${to} 00:00:00 GMT`,
});
const good = certificate('Jan 1 2026', 'Jan 1 2028');

describe('a certificate', () => {
  it.each([
    ['that is trusted', good, null, { verdict: 'OK' }],
    ['that nobody trusts', good, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', { code: 'DOCTOR_TLS_UNTRUSTED' }],
    ['of another name', good, 'ERR_TLS_CERT_ALTNAME_INVALID', { code: 'DOCTOR_TLS_NAME' }],
    ['that has ended', certificate('Jan 1 2024', 'Nov 23 2026'), 'CERT_HAS_EXPIRED', { code: 'DOCTOR_TLS_EXPIRED' }],
    ['not valid yet', certificate('Nov 25 2026', 'Jan 1 2028'), null, { params: { reason: 'CERT_NOT_YET_VALID' } }],
    ['that ends soon', certificate('Jan 1 2026', 'Nov 30 2026'), null, { verdict: 'WARN', params: { days: 6 } }],
  ])('%s', (_what, one, untrusted, expected) => {
    expect(judgeCertificate({ host: 'h', verified: true }, one, untrusted, now)).toMatchObject(expected);
    expect(judgeCertificate({ host: 'h', verified: false }, one, untrusted, now)).toMatchObject({ verdict: 'OK' });
  });
});
