import type { Database, Tx } from '../../platform/database/index.js';
import { eachRow } from './cluster-digest.js';
import { clusterwise, type Clusterwise } from './clusterwise.js';
import { pairwise, type Pairwise, type Placed } from './pairwise.js';
import { readTruth, type TruthPerson } from './read-truth.js';

export interface LinkMeasure {
  /** Over all records that are both in the truth and in the store. */
  overall: Pairwise;
  /** Of the same records: whole clusters, and B-cubed. */
  clusters: Clusterwise;
  /** Only records in which a full valid number and the very name survived the source's dirt. */
  fullIdAndName: Pairwise;
  records: {
    inTruth: number;
    measured: number;
    /** In the truth, not in the store (quarantined, or the source left them out): no link can be measured. */
    missing: number;
    /** In the store, not in the truth. */
    unknown: number;
  };
  /** Pairs of two people in one cluster, and how many of them touch such people. */
  wrongMerges: { all: number; twins: number; sharedPhones: number; duplicateNumber: number };
}

interface PlacedRecord extends Placed {
  clean: boolean;
  who: TruthPerson;
}

/**
 * Measures the cross-walk against a file that says who is who. A key of the truth is the person key of its source, or
 * `<record key>#<part>` where the source has no key for persons (the two sides of a marriage).
 *
 * @throws UsageError LINK_TRUTH_UNREADABLE.
 */
export async function measureLinks(database: Database, file: string): Promise<LinkMeasure> {
  return database.withContext('worker', { actor: 'cli:measure' }, async (tx) => {
    const residents = await crossWalk(tx);
    const nodeOf = await nodeResolver(tx);
    const placed: PlacedRecord[] = [];
    const known = new Set<string>();
    const records = { inTruth: 0, measured: 0, missing: 0, unknown: 0 };
    let person = 0;
    for await (const who of readTruth(file)) {
      person += 1;
      // Two records that the source keeps under one key are one node, and linking has no part in that.
      const nodes = new Map<string, boolean>();
      for (const record of who.records) {
        records.inTruth += 1;
        const node = nodeOf(record.source, record.key);
        const clean = record.idNumber === 'full' && record.name === 'same';
        if (node === undefined || !residents.has(node)) records.missing += 1;
        else nodes.set(node, clean && nodes.get(node) !== false);
      }
      for (const [node, clean] of nodes) {
        known.add(node);
        placed.push({ person, cluster: residents.get(node)!, clean, who });
      }
    }
    records.measured = placed.length;
    for (const node of residents.keys()) if (!known.has(node)) records.unknown += 1;
    return {
      overall: pairwise(placed),
      clusters: clusterwise(placed),
      fullIdAndName: pairwise(placed.filter((record) => record.clean)),
      records,
      wrongMerges: wrongMerges(placed),
    };
  });
}

/** source␟personKey → resident. */
async function crossWalk(tx: Tx): Promise<Map<string, string>> {
  const residents = new Map<string, string>();
  await eachRow<{ source: string; person_key: string; resident: string }>(
    tx,
    'SELECT source, person_key, resident FROM data.resident_member',
    (row) => residents.set(`${row.source}\u001f${row.person_key}`, row.resident),
  );
  return residents;
}

/** Turns a key of the truth into the name of a node. Parts other than '' name persons by record and part. */
async function nodeResolver(tx: Tx): Promise<(source: string, key: string) => string | undefined> {
  const byPart = new Map<string, string>();
  await eachRow<{ source: string; key: string; part: string; person_key: string }>(
    tx,
    `SELECT s.source, p.key, p.part, p.person_key FROM data.person p JOIN control.stream s ON s.id = p.stream
     WHERE p.part <> '' AND p.person_key IS NOT NULL AND p.gone_run IS NULL`,
    (row) => byPart.set(`${row.source}\u001f${row.key}#${row.part}`, `${row.source}\u001f${row.person_key}`),
  );
  return (source, key) => {
    const plain = `${source}\u001f${key}`;
    return key.includes('#') ? byPart.get(plain) : plain;
  };
}

function wrongMerges(placed: readonly PlacedRecord[]): LinkMeasure['wrongMerges'] {
  const clusters = new Map<string, PlacedRecord[]>();
  for (const record of placed) {
    const list = clusters.get(record.cluster);
    if (list) list.push(record);
    else clusters.set(record.cluster, [record]);
  }
  const wrong = { all: 0, twins: 0, sharedPhones: 0, duplicateNumber: 0 };
  for (const list of clusters.values())
    for (let i = 0; i < list.length; i++)
      for (let j = i + 1; j < list.length; j++) {
        const [a, b] = [list[i]!, list[j]!];
        if (a.person === b.person) continue;
        const both = [a.who, b.who];
        wrong.all += 1;
        if (both.every((who) => who.twin)) wrong.twins += 1;
        if (both.some((who) => who.sharedPhone || who.lendsPhone)) wrong.sharedPhones += 1;
        if (both.every((who) => who.duplicateNumber)) wrong.duplicateNumber += 1;
      }
  return wrong;
}
