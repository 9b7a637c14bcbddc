import { to as copyTo } from 'pg-copy-streams';
import type { Tx } from '../../platform/database/index.js';
import type { EntityName } from '../../standard/index.js';
import { entityTable } from './entity-table.js';
import { LaneDigest, laneDigestOf, laneDigestSql } from './lane-digest.js';
import { RawSet } from './raw-set.js';

const CHUNK_ROWS = 10_000;
const ENTRY = 20;

/** Loads the hashes of a stream's live source records: binary COPY of 20-byte entries, 10 000 a row. */
export async function loadRawSet(
  tx: Tx,
  stream: number,
  entities: readonly EntityName[],
  expected: number,
): Promise<RawSet> {
  const set = new RawSet(expected);
  for (const entity of entities) {
    const sql = `COPY (SELECT string_agg(raw || int4send(n), ''::bytea) FROM ${entityTable(entity).table}
      WHERE stream = ${stream} AND raw IS NOT NULL AND gone_run IS NULL GROUP BY n / ${CHUNK_ROWS}) TO STDOUT (FORMAT binary)`;
    let rest: Buffer = Buffer.alloc(0);
    let header = true;
    for await (const piece of tx.client.query(copyTo(sql)) as AsyncIterable<Buffer>) {
      rest = rest.length ? Buffer.concat([rest, piece]) : piece;
      if (header) {
        if (rest.length < 19) continue;
        rest = rest.subarray(19 + rest.readUInt32BE(15));
        header = false;
      }
      rest = takeTuples(rest, set);
    }
  }
  return set;
}

/** Binary COPY tuple: int16 field count (-1 ends the data), int32 length, bytes. */
function takeTuples(bytes: Buffer, set: RawSet): Buffer {
  let at = 0;
  while (bytes.length - at >= 6) {
    if (bytes.readInt16BE(at) < 0) return bytes.subarray(bytes.length);
    const length = bytes.readInt32BE(at + 2);
    if (bytes.length - at - 6 < length) break;
    for (let entry = at + 6; entry < at + 6 + length; entry += ENTRY) {
      set.add(bytes.subarray(entry, entry + 16), bytes.readInt32BE(entry + 16));
    }
    at += 6 + length;
  }
  return bytes.subarray(at);
}

/** Rows that earlier complete scans did not meet: number → key. */
export async function missedRows(
  tx: Tx,
  stream: number,
  entities: readonly EntityName[],
): Promise<Map<number, string>> {
  const missed = new Map<number, string>();
  for (const entity of entities) {
    const { rows } = await tx.query<{ n: number; key: string }>(
      `SELECT n, key FROM ${entityTable(entity).table} WHERE stream = $1 AND missed > 0 AND gone_run IS NULL AND raw IS NOT NULL`,
      [stream],
    );
    for (const row of rows) missed.set(row.n, row.key);
  }
  return missed;
}

export interface LiveState {
  live: number;
  /** Sum over the live rows' source hashes, rows in grace and rows kept alive by a quarantined version left out. */
  digest: Buffer;
}

/** Counts the live source records of a stream in the tables and sums their hashes. */
export async function liveState(
  tx: Tx,
  stream: number,
  run: number,
  entities: readonly EntityName[],
): Promise<LiveState> {
  const digest = new LaneDigest();
  let live = 0;
  for (const entity of entities) {
    const { rows } = await tx.query<{ live: string; d0: string; d1: string; d2: string; d3: string }>(
      `SELECT count(*)::text AS live, ${laneDigestSql('x.raw')}
       FROM (SELECT CASE WHEN missed = 0 AND NOT (n = ANY (ARRAY(
                SELECT q.n FROM data.quarantine q WHERE q.stream = $1 AND q.last_run = $2 AND q.n IS NOT NULL))) THEN raw END AS raw
             FROM ${entityTable(entity).table} WHERE stream = $1 AND gone_run IS NULL AND raw IS NOT NULL) x`,
      [stream, run],
    );
    live += Number(rows[0]!.live);
    digest.merge(laneDigestOf(rows[0]!));
  }
  return { live, digest: digest.bytes() };
}
