import { ConfigurationError } from '../../../../platform/kernel/index.js';
import type { StreamManifest } from '../../contract.js';

/** The `sql:` block of a stream. */
export interface SqlBlock {
  /** One read-only SELECT without ORDER BY and LIMIT; it becomes a subquery. */
  select: string;
  /** The columns that order the stream and between them are unique: pages go on behind the last value. */
  orderBy: string[];
  /** False for an incremental stream: rows before the cursor are not part of the scan. */
  counted: boolean;
}

/** The block of a stream of a validated manifest. @throws ConfigurationError ADAPTER_BLOCK. */
export function sqlBlock(stream: StreamManifest): SqlBlock {
  const given = stream['sql'] as { select?: string; orderBy?: string | string[] } | undefined;
  const bad = (field: string): never => {
    throw new ConfigurationError('ADAPTER_BLOCK', { where: { stream: stream.name, field } });
  };
  const select = given?.select?.trim().replace(/;$/, '') ?? bad('sql.select');
  const orderBy = [given?.orderBy ?? []].flat();
  if (!/^(select|with)\s/i.test(select)) bad('sql.select');
  if (orderBy.length === 0) bad('sql.orderBy');
  return { select, orderBy, counted: stream.mode !== 'incremental' };
}
