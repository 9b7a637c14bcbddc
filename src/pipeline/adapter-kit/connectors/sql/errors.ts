import { ConfigurationError, FatalError, IsthmusError, RetriableError } from '../../../../platform/kernel/index.js';

/** SQLSTATE (PostgreSQL) or error number (MySQL) or socket code → what it means to us. */
const MEANING: Record<string, 'auth' | 'database' | 'permission' | 'query' | 'busy' | 'timeout'> = {
  '28P01': 'auth',
  '28000': 'auth',
  '3D000': 'database',
  '42501': 'permission',
  '53300': 'busy',
  '57014': 'timeout',
  1045: 'auth',
  1698: 'auth',
  1044: 'database',
  1049: 'database',
  1142: 'permission',
  1143: 'permission',
  1040: 'busy',
  1203: 'busy',
  1205: 'timeout',
  1969: 'timeout',
  3024: 'timeout',
  1046: 'query',
  1051: 'query',
  1054: 'query',
  1064: 'query',
  1146: 'query',
  1792: 'query',
};

/**
 * A driver's error as ours. The driver's own text is dropped: it can quote values of the source's rows.
 * Everything unknown counts as unreachable, so it is tried again.
 */
export function sqlError(error: unknown, stream?: string): IsthmusError {
  if (error instanceof IsthmusError) return error;
  const { code, errno, sqlState } = error as { code?: string; errno?: number; sqlState?: string };
  const state = typeof errno === 'number' && errno > 0 ? String(errno) : String(code ?? 'unknown');
  const details = { origin: 'source' as const, where: stream === undefined ? {} : { stream }, params: { state } };
  switch (MEANING[state] ?? classOf(sqlState ?? state)) {
    case 'auth':
      return new ConfigurationError('CONNECTOR_AUTH', details);
    case 'database':
      return new ConfigurationError('CONNECTOR_DATABASE', details);
    case 'permission':
      return new ConfigurationError('CONNECTOR_PERMISSION', details);
    case 'query':
      return new FatalError('CONNECTOR_QUERY', details);
    case 'busy':
      return new RetriableError('CONNECTOR_BUSY', details);
    case 'timeout':
      return new RetriableError('CONNECTOR_TIMEOUT', details);
    default:
      return new RetriableError('CONNECTOR_UNREACHABLE', details);
  }
}

/** SQLSTATE class 42 (syntax, unknown table or column), 22 (data), 25 (write in a read-only transaction): the query is wrong. */
const classOf = (state: string): 'query' | undefined => (/^(42|22|25)...$/.test(state) ? 'query' : undefined);
