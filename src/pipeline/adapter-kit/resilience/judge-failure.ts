import { ConfigurationError, IsthmusError, RetriableError } from '../../../platform/kernel/index.js';

/**
 * What a failed request says about the source.
 * `failed`: it is not there for us (`atOnce`: one is enough). `answered`: it is there, though the answer was no use.
 * `nothing`: the request was given up on our side.
 */
export type FailureVerdict =
  | { kind: 'failed'; code: string; atOnce: boolean; retryAfterMs: number | undefined }
  | { kind: 'answered' }
  | { kind: 'nothing' };

export function judgeFailure(error: unknown): FailureVerdict {
  if (!(error instanceof IsthmusError) || error.code === 'SOURCE_PAUSED') return { kind: 'nothing' };
  if (error instanceof ConfigurationError && error.code === 'CONNECTOR_AUTH')
    return { kind: 'failed', code: error.code, atOnce: true, retryAfterMs: undefined };
  if (error instanceof RetriableError && error.origin === 'source')
    return { kind: 'failed', code: error.code, atOnce: false, retryAfterMs: error.retryAfterMs };
  return { kind: 'answered' };
}
