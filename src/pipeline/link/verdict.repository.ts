import type { Keyring } from '../../platform/keys/index.js';
import type { Tx } from '../../platform/database/index.js';
import { nodeName } from './facts.js';
import { isRuleKey, VERDICT_KIND, type MatchKey } from './match-keys.js';
import type { StoredNode } from './node.repository.js';
import type { Verdict } from './verdict.js';

/** One person as one source knows him. */
export interface PersonName {
  source: string;
  personKey: string;
}

/** A verdict on two nodes, by their ids; `a` = `b` for one alone. */
export interface StoredVerdict {
  a: number;
  b: number;
  verdict: Verdict;
  settled: boolean;
}

/** The two in the order in which their verdict is kept. */
export const inOrder = <P extends PersonName>(a: P, b: P): [P, P] => (nodeName(a) <= nodeName(b) ? [a, b] : [b, a]);

/**
 * The key that two persons with a verdict share, whatever the rules find in them: so they are always in one component,
 * under one lock, and a verdict that is given or changed touches just that component.
 */
export function verdictKey(keyring: Keyring, one: PersonName, other: PersonName): MatchKey {
  const text = inOrder(one, other).map(nodeName).join('\u001e');
  return String.fromCharCode(VERDICT_KIND) + keyring.blindIndex('link/verdict', text).toString('latin1');
}

/** What is to be compared of two nodes: all that they say, and which keys of rules they share. */
export function pairEvidence(
  keyring: Keyring,
  one: Pick<StoredNode, 'source' | 'personKey' | 'facts' | 'keys'>,
  other: Pick<StoredNode, 'source' | 'personKey' | 'facts' | 'keys'>,
): Buffer {
  const [a, b] = inOrder(one, other);
  const known = new Set(b.keys);
  const shared = a.keys.filter((key) => isRuleKey(key) && known.has(key)).sort();
  return keyring.contentHash(Buffer.from([a.facts, b.facts, ...shared].join('\u001e'), 'utf8'));
}

/** The keys of verdicts that speak of persons of one source, sorted; persons without any are missing. */
export async function verdictKeys(
  tx: Tx,
  keyring: Keyring,
  source: string,
  personKeys: readonly string[],
): Promise<Map<string, MatchKey[]>> {
  const found = new Map<string, MatchKey[]>();
  const { rows: any } = await tx.query('SELECT 1 FROM data.link_verdict LIMIT 1');
  if (any.length === 0) return found;
  const { rows } = await tx.client.query<[string, string, string]>({
    text: `SELECT k.key, v.source, v.person_key FROM unnest($2::text[]) k(key) CROSS JOIN LATERAL (
        SELECT b_source AS source, b_key AS person_key FROM data.link_verdict WHERE a_source = $1 AND a_key = k.key
        UNION SELECT a_source, a_key FROM data.link_verdict WHERE b_source = $1 AND b_key = k.key) v`,
    values: [source, personKeys],
    rowMode: 'array',
  });
  for (const [personKey, otherSource, otherKey] of rows) {
    const key = verdictKey(keyring, { source, personKey }, { source: otherSource, personKey: otherKey });
    found.set(personKey, [...(found.get(personKey) ?? []), key].sort());
  }
  return found;
}

/**
 * The verdicts that hold between nodes, whether or not both have their common key yet: an order about people whom rules
 * bring together is carried out at once, in the first batch that meets one of them.
 */
export async function verdictsAmong(tx: Tx, keyring: Keyring, nodes: Iterable<StoredNode>): Promise<StoredVerdict[]> {
  const { rows: any } = await tx.query('SELECT 1 FROM data.link_verdict LIMIT 1');
  if (any.length === 0) return [];
  const asked = new Map<string, StoredNode>();
  for (const node of nodes) asked.set(nodeName(node), node);
  const list = [...asked.values()];
  const { rows } = await tx.query<{ i: number; source: string; key: string; verdict: Verdict; evidence: Buffer }>(
    `SELECT u.i::int4 AS i, v.* FROM unnest($1::text[], $2::text[]) WITH ORDINALITY u(source, key, i) CROSS JOIN LATERAL (
       SELECT b_source AS source, b_key AS key, verdict, evidence FROM data.link_verdict
       WHERE a_source = u.source AND a_key = u.key OFFSET 0) v`,
    [list.map((node) => node.source), list.map((node) => node.personKey)],
  );
  return rows.flatMap(({ i, source, key, verdict, evidence }) => {
    const [one, other] = [list[i - 1]!, asked.get(nodeName({ source, personKey: key }))];
    if (!other) return [];
    return [{ a: one.id, b: other.id, verdict, settled: pairEvidence(keyring, one, other).equals(evidence) }];
  });
}

/** Writes verdicts on pairs of nodes under one order; the last order about a pair holds. */
export async function putVerdicts(
  tx: Tx,
  keyring: Keyring,
  order: string,
  verdict: Verdict,
  pairs: readonly (readonly [StoredNode, StoredNode])[],
): Promise<void> {
  const sorted = pairs.map(([one, other]) => inOrder(one, other));
  await tx.query(
    `INSERT INTO data.link_verdict (a_source, a_key, b_source, b_key, verdict, evidence, link_order)
     SELECT a_source, a_key, b_source, b_key, $6, decode(evidence, 'hex'), $7
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) u(a_source, a_key, b_source, b_key, evidence)
     ORDER BY a_source, a_key, b_source, b_key
     ON CONFLICT (a_source, a_key, b_source, b_key)
     DO UPDATE SET verdict = excluded.verdict, evidence = excluded.evidence, link_order = excluded.link_order`,
    [
      sorted.map(([a]) => a.source),
      sorted.map(([a]) => a.personKey),
      sorted.map(([, b]) => b.source),
      sorted.map(([, b]) => b.personKey),
      sorted.map(([a, b]) => pairEvidence(keyring, a, b).toString('hex')),
      verdict,
      order,
    ],
  );
}
