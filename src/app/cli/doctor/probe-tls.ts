import { readFileSync } from 'node:fs';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Address } from './addresses.js';
import { codeOf, openSocket } from './probe-network.js';
import { fails, fine, notNeeded, warns, type Found } from './steps.js';

const SOON_DAYS = 14;
const DAY_MS = 86_400_000;
/** PostgreSQL's request for an encrypted connection; it answers with one letter. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Whether the connection can be encrypted, and the server's certificate holds: dates first, then trust and name. */
export async function probeTls(address: Address): Promise<Found> {
  const { host, tls } = address;
  if (tls === null) return notNeeded('不加密', 'not encrypted');
  if (tls === 'mysql') return notNeeded('登录时一并检查', 'looked at when signing in');
  try {
    const socket = await openSocket(address);
    if (tls === 'postgresql' && !(await agreesToTls(socket))) {
      socket.destroy();
      return fails('DOCTOR_TLS', { host, reason: 'no TLS' });
    }
    const secure = await shakeHands(socket, address);
    const certificate = secure.getPeerCertificate();
    const reason = secure.authorized ? null : String(secure.authorizationError);
    secure.destroy();
    return judgeCertificate(address, certificate, reason);
  } catch (error) {
    const reason = codeOf(error);
    // Whoever says nothing at all does not say that there is no encryption.
    return reason === 'ETIMEDOUT'
      ? fails('CONNECTOR_TIMEOUT', { state: 'tls' })
      : fails('DOCTOR_TLS', { host, reason });
  }
}

/** The verdict on a certificate; `untrusted` is OpenSSL's code, null where it is trusted. Pure but for the clock. */
export function judgeCertificate(
  { host, verified }: Pick<Address, 'host' | 'verified'>,
  certificate: Pick<PeerCertificate, 'valid_from' | 'valid_to'>,
  untrusted: string | null,
  now = Date.now(),
): Found {
  const ends = Date.parse(certificate.valid_to);
  const date = new Date(ends).toISOString().slice(0, 10);
  if (!verified) return fine('已加密,不校验证书', 'encrypted; the certificate is not checked');
  if (ends < now) return fails('DOCTOR_TLS_EXPIRED', { host, date });
  if (Date.parse(certificate.valid_from) > now)
    return fails('DOCTOR_TLS_UNTRUSTED', { host, reason: 'CERT_NOT_YET_VALID' });
  if (untrusted === 'ERR_TLS_CERT_ALTNAME_INVALID') return fails('DOCTOR_TLS_NAME', { host });
  if (untrusted !== null) return fails('DOCTOR_TLS_UNTRUSTED', { host, reason: untrusted });
  const days = Math.floor((ends - now) / DAY_MS);
  return days < SOON_DAYS
    ? warns('DOCTOR_TLS_ENDS', { host, date, days })
    : fine(`证书有效至 ${date}`, `certificate valid until ${date}`);
}

function agreesToTls(socket: Socket): Promise<boolean> {
  return new Promise((done, fail) => {
    socket.once('error', fail);
    socket.once('data', (bytes) => done(bytes[0] === 0x53));
    socket.write(SSL_REQUEST);
  });
}

function shakeHands(socket: Socket, { host, caFile }: Address): Promise<TLSSocket> {
  return new Promise((done, fail) => {
    const secure = connectTls(
      {
        socket,
        host,
        rejectUnauthorized: false,
        ...(isIP(host) ? {} : { servername: host }),
        ...(caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') }),
      },
      () => done(secure),
    );
    secure.once('error', fail);
  });
}
