/**
 * SQLSTATE 08 (connection), 57P (shutdown), 40 (serialisation, deadlock), 53 (resources), 25P04 (timeout): worth
 * another try. The driver's own words for a connection that died under a statement carry no code.
 */
export const isConnectionLoss = (error: unknown): boolean => {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string')
    return /^(08|57P|40|53|25P0)/.test(code) || ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(code);
  return typeof message === 'string' && /^Connection terminated|is not queryable$/.test(message);
};
