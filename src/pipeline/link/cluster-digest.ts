import type { Tx } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { LaneDigest } from '../store/index.js';

const BATCH = 10_000;

/** SQL for the names of a resident's nodes, sorted: what a cluster is, whatever its id. */
export const MEMBERS_TEXT = `string_agg(m.source || chr(31) || m.person_key, chr(30) ORDER BY m.source, m.person_key)`;

/**
 * A keyed digest over the clusters of source keys, as hex: equal for equal clusters under equal keys, whatever the ids,
 * times and reasons. An order-free sum of one keyed hash a cluster.
 */
export async function clusterDigest(tx: Tx, keyring: Keyring): Promise<string> {
  const sum = new LaneDigest();
  await eachRow<{ members: string }>(
    tx,
    `SELECT ${MEMBERS_TEXT} AS members FROM data.resident_member m GROUP BY m.resident`,
    ({ members }) => sum.add(keyring.contentHash(Buffer.from(`cluster\u0000${members}`))),
  );
  return sum.bytes().toString('hex');
}

/** Reads a large result through a cursor, in bounded memory. */
export async function eachRow<T extends Record<string, unknown>>(
  tx: Tx,
  select: string,
  take: (row: T) => void,
): Promise<void> {
  await tx.query(`DECLARE each_row NO SCROLL CURSOR FOR ${select}`);
  for (;;) {
    const { rows } = await tx.query<T>(`FETCH ${BATCH} FROM each_row`);
    rows.forEach(take);
    if (rows.length < BATCH) break;
  }
  await tx.query('CLOSE each_row');
}
