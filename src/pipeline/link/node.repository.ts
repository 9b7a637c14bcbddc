import type { Tx } from '../../platform/database/index.js';
import type { MemberReason } from './cluster.js';
import { arrayText, copyInto } from './copy-into.js';
import { KEY_BYTES, packKeys, unpackKeys, type MatchKey } from './match-keys.js';

/** A node as stored: what it says, its keys, and the resident it belongs to (null before its first link). */
export interface StoredNode {
  id: number;
  source: string;
  personKey: string;
  /** `encodeFacts`. */
  facts: string;
  keys: MatchKey[];
  areas: string[];
  reviews: string[];
  resident: string | null;
  reason: MemberReason | null;
}

type Row = [string, string, string, string, Buffer, string, string, string | null, string | null, string[] | null];

/** The inner select is fenced (`OFFSET 0`): one index probe a node, whatever the planner believes. */
const SELECT = `SELECT n.id, n.source, n.person_key, n.facts, n.keys, array_to_string(n.areas, ','), array_to_string(n.reviews, ','),
    m.resident, m.rule, m.reason->'with'
  FROM data.link_node n LEFT JOIN LATERAL (
    SELECT resident, rule, reason FROM data.resident_member x WHERE x.source = n.source AND x.person_key = n.person_key OFFSET 0) m ON true`;

const stored = ([id, source, personKey, facts, keys, areas, reviews, resident, rule, sources]: Row): StoredNode => ({
  id: Number(id),
  source,
  personKey,
  facts,
  keys: unpackKeys(keys),
  areas: areas === '' ? [] : areas.split(','),
  reviews: reviews === '' ? [] : reviews.split(','),
  resident,
  reason: rule === null ? null : { rule: rule as MemberReason['rule'], with: sources ?? [] },
});

export async function nodesOfPersons(tx: Tx, source: string, personKeys: readonly string[]): Promise<StoredNode[]> {
  const { rows } = await tx.client.query<Row>({
    text: `${SELECT} WHERE n.source = $1 AND n.person_key = ANY($2)`,
    values: [source, personKeys],
    rowMode: 'array',
  });
  return rows.map(stored);
}

/** Nodes of any sources, in the order of their names; who has none is missing. */
export async function nodesNamed(
  tx: Tx,
  names: readonly { source: string; personKey: string }[],
): Promise<StoredNode[]> {
  const { rows } = await tx.client.query<Row>({
    text: `${SELECT} WHERE (n.source, n.person_key) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY n.source, n.person_key`,
    values: [names.map(({ source }) => source), names.map(({ personKey }) => personKey)],
    rowMode: 'array',
  });
  return rows.map(stored);
}

export async function nodesById(tx: Tx, ids: readonly number[]): Promise<StoredNode[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.client.query<Row>({
    text: `${SELECT} WHERE n.id = ANY($1::int8[])`,
    values: [`{${ids.join(',')}}`],
    rowMode: 'array',
  });
  return rows.map(stored);
}

/** Who has each key now. */
export async function holdersOfKeys(tx: Tx, keys: readonly MatchKey[]): Promise<Map<MatchKey, number[]>> {
  const holders = new Map<MatchKey, number[]>();
  if (keys.length === 0) return holders;
  const { rows } = await tx.client.query<[number, string]>({
    text: `SELECT k.i, h.nodes
      FROM (SELECT i::int4, substring($1::bytea FROM i * ${KEY_BYTES} + 1 FOR ${KEY_BYTES}) AS key FROM generate_series(0, $2::int4 - 1) i) k
      CROSS JOIN LATERAL (SELECT string_agg(node::text, ',') AS nodes
        FROM (SELECT node FROM data.match_key WHERE key = k.key OFFSET 0) one) h
      WHERE h.nodes IS NOT NULL`,
    values: [packKeys(keys), keys.length],
    rowMode: 'array',
  });
  for (const [index, nodes] of rows) holders.set(keys[index]!, nodes.split(',').map(Number));
  return holders;
}

export interface NodeChanges {
  created: readonly StoredNode[];
  /** Nodes whose facts, keys or areas differ, with the keys they had. */
  changed: readonly { node: StoredNode; before: readonly MatchKey[] }[];
  gone: readonly StoredNode[];
}

/** Writes nodes and their match keys: a few statements, whatever the number. */
export async function writeNodes(tx: Tx, changes: NodeChanges): Promise<void> {
  const { created, changed, gone } = changes;
  await copyInto(
    tx,
    'data.link_node',
    ['id', 'source', 'person_key', 'facts', 'keys', 'areas'],
    created.map((n) => [n.id, n.source, n.personKey, n.facts, packKeys(n.keys), arrayText(n.areas)]),
  );
  if (changed.length > 0)
    await tx.query(
      `UPDATE data.link_node n SET facts = u.facts, keys = decode(u.keys, 'hex'), areas = u.areas::text[]
       FROM unnest($1::int8[], $2::text[], $3::text[], $4::text[]) u(id, facts, keys, areas) WHERE n.id = u.id`,
      [
        changed.map(({ node }) => node.id),
        changed.map(({ node }) => node.facts),
        changed.map(({ node }) => packKeys(node.keys).toString('hex')),
        changed.map(({ node }) => arrayText(node.areas)),
      ],
    );
  if (gone.length > 0)
    await tx.query('DELETE FROM data.link_node WHERE id = ANY($1::int8[])', [gone.map((node) => node.id)]);

  const removed: [MatchKey, number][] = [];
  const added: [MatchKey, number][] = [];
  for (const node of created) for (const key of node.keys) added.push([key, node.id]);
  for (const node of gone) for (const key of node.keys) removed.push([key, node.id]);
  for (const { node, before } of changed) {
    const [old, now] = [new Set(before), new Set(node.keys)];
    for (const key of old) if (!now.has(key)) removed.push([key, node.id]);
    for (const key of now) if (!old.has(key)) added.push([key, node.id]);
  }
  if (removed.length > 0)
    await tx.query(
      `DELETE FROM data.match_key m USING unnest($1::text[], $2::int8[]) u(key, node)
       WHERE m.key = decode(u.key, 'hex') AND m.node = u.node`,
      [removed.map(([key]) => Buffer.from(key, 'latin1').toString('hex')), removed.map(([, node]) => node)],
    );
  await copyInto(
    tx,
    'data.match_key',
    ['key', 'node'],
    added.map(([key, node]) => [Buffer.from(key, 'latin1'), node]),
  );
}
