import { canonicalJson } from '../../platform/kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import type { Keyring } from '../../platform/keys/index.js';
import { decodeStates } from '../../standard/index.js';
import { eachRow, MEMBERS_TEXT } from '../link/index.js';
import { LaneDigest } from '../store/index.js';
import { PERSON_FIELDS } from './resident.repository.js';

interface Row extends Record<string, unknown> {
  members: string | null;
  states: string | null;
  provenance: Record<string, [number, string, string, number]>;
}

/**
 * A keyed digest over the golden residents, as hex: who they are (their source keys), each field's value and state, and
 * the source, stream and record it was chosen from. Ids, runs and times are no part of it.
 */
export async function goldenDigest(tx: Tx, keyring: Keyring): Promise<string> {
  const { rows: streams } = await tx.query<{ id: number; source: string; name: string }>(
    'SELECT id, source, name FROM control.stream',
  );
  const origin = new Map(streams.map((stream) => [stream.id, [stream.source, stream.name]]));
  const sum = new LaneDigest();
  await eachRow<Row>(
    tx,
    `SELECT (SELECT ${MEMBERS_TEXT} FROM data.resident_member m WHERE m.resident = r.id) AS members, r.states, r.provenance,
       ${PERSON_FIELDS.map((field) => `${column(field.spec)} AS "${field.name}"`).join(', ')}
     FROM data.resident r`,
    (row) => {
      const states = decodeStates(row.states);
      const fields: Record<string, unknown> = {};
      for (const { name } of PERSON_FIELDS) {
        const pointer = row.provenance[name];
        if (!pointer) continue;
        const [stream, key, part] = pointer;
        fields[name] = [row[name], states[name]?.kind ?? null, ...(origin.get(stream) ?? []), key, part];
      }
      sum.add(keyring.contentHash(Buffer.from(`golden\u0000${canonicalJson([row.members, fields])}`)));
    },
  );
  return sum.bytes().toString('hex');
}

const column = (spec: (typeof PERSON_FIELDS)[number]['spec']): string =>
  spec.type === 'identifier' ? `encode(r.${spec.column}_index, 'hex')` : `r.${spec.column}`;
