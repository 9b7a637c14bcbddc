import type { Tx } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { encodeFacts, nodeName, type NodeEvidence } from './facts.js';
import { matchKeys, type MatchKey } from './match-keys.js';
import { takeRetired } from './member.repository.js';
import type { NodeIds } from './node-ids.js';
import { nodesOfPersons, type NodeChanges, type StoredNode } from './node.repository.js';
import type { SourceTables } from './person-tables.js';
import { readEvidence } from './read-evidence.js';
import { verdictKeys } from './verdict.repository.js';

export interface ReadChanges {
  changes: NodeChanges;
  unchanged: StoredNode[];
  areasMoved: NodeChanges['changed'][number][];
}

/**
 * What the touched persons say now, against what is stored. Who is to be looked at again counts as changed whatever he
 * says.
 */
export async function readChanges(
  tx: Tx,
  keyring: Keyring,
  ids: NodeIds,
  tables: SourceTables,
  personKeys: string[],
  again: ReadonlySet<string>,
): Promise<ReadChanges> {
  const readings = await readEvidence(tx, tables, personKeys);
  const stored = await nodesOfPersons(tx, tables.source, personKeys);
  const verdicts = await verdictKeys(tx, keyring, tables.source, personKeys);
  const keysOf = (personKey: string, evidence: NodeEvidence): MatchKey[] => {
    const keys = matchKeys(evidence, keyring);
    const said = verdicts.get(personKey);
    return said ? keys.concat(said) : keys;
  };
  const created: StoredNode[] = [];
  const changed: NodeChanges['changed'][number][] = [];
  const [gone, unchanged, areasMoved]: [StoredNode[], StoredNode[], ReadChanges['areasMoved']] = [[], [], []];
  for (const node of stored) {
    const reading = readings.get(node.personKey);
    readings.delete(node.personKey);
    if (!reading) {
      gone.push(node);
      continue;
    }
    const { keys: before, areas, id, source, personKey, reviews, resident, reason } = node;
    const facts = encodeFacts(reading.evidence);
    const keys = keysOf(node.personKey, reading.evidence);
    const now: StoredNode = { id, source, personKey, facts, keys, areas: reading.areas, reviews, resident, reason };
    if (again.has(personKey) || now.facts !== node.facts || now.keys.join('') !== before.join(''))
      changed.push({ node: now, before });
    else if (now.areas.join() !== areas.join()) areasMoved.push({ node: now, before });
    else unchanged.push(node);
  }
  const newIds = await ids.take(tx, readings.size);
  for (const [personKey, { evidence, areas }] of readings)
    // Written out field by field: tens of thousands of these are made, and spreading makes each of them slow.
    created.push({
      id: newIds[created.length]!,
      source: tables.source,
      personKey,
      facts: encodeFacts(evidence),
      keys: keysOf(personKey, evidence),
      areas,
      reviews: [],
      resident: null,
      reason: null,
    });
  if (created.length > 0) {
    const returning = await takeRetired(tx, created.map(nodeName));
    for (const node of created) node.resident = returning.get(nodeName(node)) ?? null;
  }
  return { changes: { created, changed, gone }, unchanged, areasMoved };
}
