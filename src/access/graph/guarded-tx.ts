import type { OpenTx, RowContext, TxOptions } from '../../platform/database/index.js';
import type { TransactionSource } from './ports.js';

/**
 * Begins a transaction whose connection may die at any time: a checked-out connection says so by an `error` event,
 * and an event nobody hears would end the process. The next statement fails anyway.
 */
export async function beginGuarded(
  source: TransactionSource,
  role: 'app' | 'auditor',
  context: RowContext,
  options?: TxOptions,
): Promise<OpenTx> {
  const tx = await source.begin(role, context, options);
  const client = tx.client as OpenTx['client'] | null;
  const heard = (): void => undefined;
  client?.on('error', heard);
  const end = (how: 'commit' | 'rollback') => async (): Promise<void> => {
    try {
      await tx[how]();
    } finally {
      client?.off('error', heard);
    }
  };
  return { role: tx.role, client: tx.client, query: tx.query, commit: end('commit'), rollback: end('rollback') };
}
