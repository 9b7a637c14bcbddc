import { ConfigurationError, IsthmusError, RetriableError } from '../../platform/kernel/index.js';

/** SQLSTATE classes and socket errors, sorted by what the operator can do about them. */
const REFUSED = /^(28...|3D000|53300)$/;
const UNREACHABLE = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|57P03)$/;
/** The driver's own words for a connection that took too long; they carry no code. */
const TIMED_OUT = /^timeout expired$|^Connection terminated due to connection timeout$/;

/**
 * What an error on the way to an external database means.
 *
 * @returns RetriableError DATABASE_UNREACHABLE, ConfigurationError DATABASE_REFUSED or DATABASE_RIGHTS; others unchanged.
 */
export function externalError(error: unknown, url: string): unknown {
  if (error instanceof IsthmusError) return error;
  const { code = '', message } = error as { code?: string; message: string };
  const { host } = new URL(url);
  if (UNREACHABLE.test(code) || TIMED_OUT.test(message))
    return new RetriableError('DATABASE_UNREACHABLE', { params: { host, reason: code || 'ETIMEDOUT' }, cause: error });
  if (REFUSED.test(code))
    return new ConfigurationError('DATABASE_REFUSED', { params: { host, reason: message }, cause: error });
  if (code === '42501') return new ConfigurationError('DATABASE_RIGHTS', { params: { reason: message }, cause: error });
  return error;
}
