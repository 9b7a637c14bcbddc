import type { Tx } from '../../platform/database/index.js';
import { decodeStates } from '../../standard/index.js';
import { distinct, type NodeEvidence } from './facts.js';
import type { EvidenceTable, SourceTables } from './person-tables.js';
import { isWholeName, nameForm } from './rules/index.js';

/** Everything link needs of one node, read from the live, current rows of its source. */
export interface NodeReading {
  evidence: NodeEvidence;
  /** Areas in which he has a record, sorted. */
  areas: string[];
}

/** ordinal · table · states · area · then six columns that depend on the table */
type Row = [number, string, string | null, string | null, ...(string | null)[]];

/** An index of a number with a wrong check digit is 17 bytes long: it can be looked up and is no evidence. */
const COLUMNS: Partial<Record<EvidenceTable, string>> = {
  person: `name, former_name, birth_date, sex, mobile, CASE WHEN octet_length(id_number_index) = 16 THEN encode(id_number_index, 'hex') END`,
  household_registration: 'address_key, NULL, NULL, NULL, NULL, NULL',
  telecom_subscription: 'install_address_key, msisdn, NULL, NULL, NULL, NULL',
};
const AREA_ONLY = 'NULL, NULL, NULL, NULL, NULL, NULL';
/**
 * Reads the given persons of one source. The inner selects are fenced (`OFFSET 0`) so that each person costs index
 * probes, whatever the planner believes of tables that were filled a second ago.
 *
 * @returns only persons that have a live Person row.
 */
export async function readEvidence(
  tx: Tx,
  tables: SourceTables,
  personKeys: readonly string[],
): Promise<Map<string, NodeReading>> {
  const parts: string[] = [];
  const values: unknown[] = [personKeys];
  const streamsOf = (table: EvidenceTable): string => `$${values.push(tables.rows[table])}`;
  for (const table of Object.keys(tables.rows) as EvidenceTable[]) {
    if (table === 'dwelling' || table === 'household' || tables.rows[table].length === 0) continue;
    const columns =
      table === 'property_occupancy'
        ? `${addressOfDwelling(tables, streamsOf)}, contact_phone, NULL, NULL, NULL, NULL`
        : (COLUMNS[table] ?? AREA_ONLY);
    parts.push(
      `SELECT k.i, '${table}', t.* FROM keys k CROSS JOIN LATERAL (
         SELECT states, area, ${columns} FROM data.${table} x
         WHERE x.stream = ANY(${streamsOf(table)}) AND x.person_key = k.key AND x.gone_run IS NULL AND x.current OFFSET 0) t`,
    );
  }
  const found = new Map<string, Draft>();
  if (parts.length === 0) return new Map();
  const text = `WITH keys AS MATERIALIZED (SELECT key, i::int4 FROM unnest($1::text[]) WITH ORDINALITY AS u(key, i))
    ${parts.join('\nUNION ALL ')}`;
  const { rows } = await tx.client.query<Row>({ text, values, rowMode: 'array' });
  for (const row of rows) {
    const personKey = personKeys[row[0] - 1]!;
    let draft = found.get(personKey);
    if (!draft) found.set(personKey, (draft = new Draft()));
    draft.add(row);
  }
  const readings = new Map<string, NodeReading>();
  for (const [personKey, draft] of found) if (draft.person) readings.set(personKey, draft.reading());
  return readings;
}

const addressOfDwelling = (tables: SourceTables, streamsOf: (table: EvidenceTable) => string): string =>
  tables.rows.dwelling.length === 0
    ? 'NULL'
    : `(SELECT w.address_key FROM data.dwelling w WHERE w.stream = ANY(${streamsOf('dwelling')})
        AND w.key = x.dwelling_key AND w.part = '' AND w.gone_run IS NULL LIMIT 1)`;

const NOTHING: readonly string[] = [];
/** Most lists stay empty or get one value, often again and again. */
const plus = (list: readonly string[], value: string): readonly string[] =>
  list.length === 0 ? [value] : list.includes(value) ? list : [...list, value];

function withName(list: readonly string[], name: string): readonly string[] {
  const form = nameForm(name);
  return isWholeName(form) ? plus(list, form) : list;
}

/** Collects one person's rows. */
class Draft {
  person = false;
  #names = NOTHING;
  #aliases = NOTHING;
  #births = NOTHING;
  #sexes = NOTHING;
  #phones = NOTHING;
  #ids = NOTHING;
  #dwellings = NOTHING;
  #areas = NOTHING;

  add([, table, states, area, a, b, c, d, e, f]: Row): void {
    if (area !== null) this.#areas = plus(this.#areas, area);
    const hidden = states === null ? undefined : decodeStates(states);
    // A kept value is the full one of an earlier run: evidence still. Placeholders and empties have no value.
    const full = (field: string, value: string | null | undefined): value is string =>
      value !== null && value !== undefined && hidden?.[field]?.kind !== 'MASKED_AT_SOURCE';
    switch (table) {
      case 'person':
        this.person = true;
        if (full('name', a)) this.#names = withName(this.#names, a);
        if (full('formerName', b)) this.#aliases = withName(this.#aliases, b);
        if (full('birthDate', c)) this.#births = plus(this.#births, c);
        if (full('sex', d) && (d === '1' || d === '2')) this.#sexes = plus(this.#sexes, d);
        if (full('mobile', e)) this.#phones = plus(this.#phones, e);
        if (full('idNumber', f)) this.#ids = plus(this.#ids, f);
        break;
      case 'household_registration':
        if (full('addressKey', a)) this.#dwellings = plus(this.#dwellings, a);
        break;
      case 'property_occupancy':
        if (typeof a === 'string') this.#dwellings = plus(this.#dwellings, a);
        if (full('contactPhone', b)) this.#phones = plus(this.#phones, b);
        break;
      case 'telecom_subscription':
        if (full('installAddressKey', a)) this.#dwellings = plus(this.#dwellings, a);
        if (full('msisdn', b)) this.#phones = plus(this.#phones, b);
        break;
    }
  }

  reading(): NodeReading {
    return {
      evidence: {
        names: distinct(this.#names),
        aliases: distinct(this.#aliases.filter((alias) => !this.#names.includes(alias))),
        births: distinct(this.#births),
        sexes: distinct(this.#sexes),
        ids: distinct(this.#ids),
        phones: distinct(this.#phones),
        dwellings: distinct(this.#dwellings),
      },
      areas: distinct(this.#areas),
    };
  }
}
