import { ConfigurationError, FatalError, IsthmusError, RetriableError } from '../../../../platform/kernel/index.js';

type Meaning = 'auth' | 'database' | 'permission' | 'missing' | 'query' | 'busy' | 'timeout';

/** SQLSTATE (PostgreSQL) or error number (MySQL) or socket code → what it means to us. */
const MEANING: Record<string, Meaning> = {
  '28P01': 'auth',
  '28000': 'auth',
  '3D000': 'database',
  '42501': 'permission',
  '42P01': 'missing',
  '42703': 'missing',
  '42883': 'missing',
  '3F000': 'missing',
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
  1051: 'missing',
  1054: 'missing',
  1064: 'query',
  1146: 'missing',
  1305: 'missing',
  1356: 'missing',
  1792: 'query',
};

/**
 * A driver's error as ours. The driver's own text is dropped: it can quote values of the source's rows. Only the name
 * of a table or column that is missing or forbidden is taken from it. What is unknown but comes from a socket or the
 * server counts as unreachable, so it is tried again; a fault of the program is no matter of the source's.
 */
export function sqlError(error: unknown, stream?: string): IsthmusError {
  if (error instanceof IsthmusError) return error;
  const { code, errno, sqlState, message } = error as Partial<DriverError>;
  if (code === undefined && errno === undefined && isProgramFault(error))
    return new FatalError('CONNECTOR_FAILED', { cause: error, params: { kind: (error as Error).name } });
  const state = typeof errno === 'number' && errno > 0 ? String(errno) : String(code ?? 'unknown');
  const where = stream === undefined ? {} : { stream };
  const details = { origin: 'source' as const, where, params: { state } };
  const named = { ...details, params: { state, object: objectIn(message ?? '') } };
  switch (MEANING[state] ?? classOf(sqlState ?? state)) {
    case 'auth':
      return new ConfigurationError('CONNECTOR_AUTH', details);
    case 'database':
      return new ConfigurationError('CONNECTOR_DATABASE', details);
    case 'permission':
      return named.params.object === ''
        ? new ConfigurationError('CONNECTOR_PERMISSION', details)
        : new ConfigurationError('CONNECTOR_OBJECT_FORBIDDEN', named);
    case 'missing':
      return named.params.object === ''
        ? new FatalError('CONNECTOR_QUERY', details)
        : new FatalError('CONNECTOR_OBJECT_MISSING', named);
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

interface DriverError {
  code: string;
  errno: number;
  sqlState: string;
  message: string;
}

const isProgramFault = (error: unknown): boolean =>
  [TypeError, ReferenceError, RangeError, SyntaxError].some((kind) => error instanceof kind);

/**
 * The table or column that the server names: what it puts in quotes (the last but for MySQL's “in 'field list'”), or
 * PostgreSQL's bare word after “for table”. Read only for errors about names, whose text holds nothing else.
 */
function objectIn(message: string): string {
  const text = message.replace(/ in '[^']*'$/, '');
  const bare = /\bfor (?:table|view|relation|schema|sequence|function) ([\w.$]{1,128})$/.exec(text)?.[1];
  const column = /\bcolumn ([\w.$]{1,128}) does not exist/.exec(text)?.[1];
  const quoted = [...text.matchAll(/["'`“«]([^"'`”»]{1,128})["'`”»]/g)].map((match) => match[1]!);
  return bare ?? column ?? quoted.at(-1) ?? '';
}

/**
 * SQLSTATE classes: 42 (syntax, names), 22 (data), 25 (write in a read-only transaction), 0A (not supported), 2B–2F, 34,
 * 38, 39, 44, 54 (limits): the query is wrong, and a second try would meet the same.
 */
const classOf = (state: string): 'query' | undefined =>
  /^(42|22|25|0A|2[BDF]|34|38|39|44|54)...$/.test(state) ? 'query' : undefined;
