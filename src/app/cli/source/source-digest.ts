import { createHash } from 'node:crypto';
import type { Tx } from '../../../platform/database/index.js';
import type { Keyring } from '../../../platform/keys/index.js';
import { eachRow } from '../../../pipeline/link/index.js';
import { ENTITIES, ENTITY_NAMES } from '../../../standard/index.js';

/**
 * A keyed digest over every record of one source, sorted: entity, stream, key, part, content hash, live. Numbers given out
 * by the database (streams, runs, order of arrival) and times are no part of it, so equal content under equal keys is
 * equal anywhere. Both the content hashes and the result are keyed: neither tells anything about a person.
 */
export async function sourceDigest(tx: Tx, keyring: Keyring, source: string): Promise<string> {
  const { rows: streams } = await tx.query<{ id: number; name: string }>(
    `SELECT id, name FROM control.stream WHERE source = $1 ORDER BY name COLLATE "C"`,
    [source],
  );
  const sum = createHash('sha256');
  for (const entity of ENTITY_NAMES)
    for (const stream of streams) {
      await eachRow<{ key: string; part: string; hash: string; live: boolean }>(
        tx,
        `SELECT key, part, encode(hash, 'hex') AS hash, gone_run IS NULL AS live FROM data.${ENTITIES[entity].table}
         WHERE stream = ${Number(stream.id)} ORDER BY key, part`,
        (row) => sum.update(`${JSON.stringify([entity, stream.name, row.key, row.part, row.hash, row.live])}\n`),
      );
    }
  return keyring.contentHash(Buffer.concat([Buffer.from('source-digest\u0000'), sum.digest()])).toString('hex');
}
