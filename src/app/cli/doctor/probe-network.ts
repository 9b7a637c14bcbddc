import { lookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Address } from './addresses.js';
import { fails, fine, notNeeded, type Found } from './steps.js';

export const PROBE_MS = 5000;
/** Tokens and signatures with a time in them are refused beyond this. */
const SKEW_FAIL_SECONDS = 300;

/** Whether the name leads to an address. */
export async function probeDns({ host }: Address): Promise<Found> {
  try {
    const found = await lookup(host);
    return found.address === host
      ? notNeeded('地址,无需解析', 'an address, not a name')
      : fine(found.address, found.address);
  } catch (error) {
    return fails('DOCTOR_DNS', { host, reason: codeOf(error) });
  }
}

/** Whether somebody listens there. */
export async function probeTcp(address: Address): Promise<Found> {
  const { host, port } = address;
  try {
    (await openSocket(address)).destroy();
    return fine(`${host}:${port}`, `${host}:${port}`);
  } catch (error) {
    return fails('DOCTOR_TCP', { host, port, reason: codeOf(error) });
  }
}

/** Whether the server's clock, which it writes into every HTTP answer, is near ours. */
export async function probeClock({ url, host }: Address): Promise<Found> {
  const date = url ? await dateOf(url) : null;
  if (date === null) return notNeeded('来源不报时间', 'the source does not tell its time');
  const seconds = Math.round(Math.abs(Date.now() - date.getTime()) / 1000);
  if (seconds > SKEW_FAIL_SECONDS) return fails('DOCTOR_SOURCE_CLOCK', { host, seconds });
  return fine(`相差 ${seconds} 秒`, `${seconds} s apart`);
}

/** A connected socket; it ends with an error after a while of silence. */
export function openSocket({ host, port }: Pick<Address, 'host' | 'port'>): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect({ host, port });
    socket.setTimeout(PROBE_MS, () => socket.destroy(Object.assign(new Error('silence'), { code: 'ETIMEDOUT' })));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      done(socket);
    });
  });
}

/** The socket's or resolver's own code; the text of an error is not shown. */
export const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? (error as Error).name);

function dateOf(url: URL): Promise<Date | null> {
  return new Promise((done) => {
    const options = { method: 'HEAD', timeout: PROBE_MS, rejectUnauthorized: false };
    const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (answer) => {
      answer.resume();
      const at = new Date(answer.headers.date ?? '');
      done(Number.isNaN(at.getTime()) ? null : at);
      sent.destroy();
    });
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => done(null));
    sent.once('close', () => done(null));
    sent.end();
  });
}
