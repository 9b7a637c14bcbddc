import type { Keyring } from '../../platform/keys/index.js';
import { encodeStates, normaliseCitizenId, type EntityName, type FieldStates } from '../../standard/index.js';
import type { StandardRecord, Validity } from '../conform/index.js';
import { copyBytes, copyText } from './copy-text.js';
import { entityTable, type EntityTable } from './entity-table.js';
import { identifierAad, subjectOf } from './identifiers.js';

/** A standard record as table cells; identifiers wait for their subject keys before they become cells. */
export interface EncodedRecord {
  entity: EntityName;
  part: string;
  personKey: string | null;
  area: string | null;
  validity: Validity | null;
  states: FieldStates | null;
  /** Field cells in COPY text form, in column order. */
  cells: string[];
  /** Keyed hash of the plaintext content, so equal content is equal under any sealing. */
  hash: Buffer;
  identifiers: PendingIdentifier[];
}

export interface PendingIdentifier {
  cell: number;
  column: string;
  text: string;
}

const SCRATCH = Buffer.allocUnsafe(1 << 16);
/** Marks the index of a number that fails its check digit: it can be looked up, but is no evidence for a link. */
const UNVERIFIED = Buffer.of(1);

/** Encodes one record. Pure but for the keyring's digests. */
export function encodeRecord(record: StandardRecord, validity: Validity | null, keyring: Keyring): EncodedRecord {
  const table = entityTable(record.entity);
  const personKey =
    record.personKey !== null && record.personKeyIsIdentifier ? keyring.blindKey(record.personKey) : record.personKey;
  const states = record.states === null ? null : fieldStates(record.states);
  const identifiers: PendingIdentifier[] = [];
  const cells: string[] = [];
  for (const field of table.fields) {
    const value = record.values[field.name] ?? null;
    if (field.type === 'identifier') {
      if (value !== null) identifiers.push({ cell: cells.length, column: field.column, text: String(value) });
      cells.push(value === null ? '\\N' : String(value), '\\N');
    } else {
      cells.push(copyText(value));
    }
  }
  const plain = `${record.entity}\t${personKey}\t${record.area}\t${validity ? `${validity.from}\t${validity.to}\t${validity.reversed}` : ''}\t${encodeStates(states) ?? ''}\t${cells.join('\t')}`;
  const hash = keyring.contentHash(
    plain.length * 3 <= SCRATCH.length ? SCRATCH.subarray(0, SCRATCH.write(plain)) : Buffer.from(plain),
  );
  for (const pending of identifiers) cells[pending.cell] = '\\N';
  return {
    entity: record.entity,
    part: record.part,
    personKey,
    area: record.area,
    validity,
    states,
    cells,
    hash,
    identifiers,
  };
}

function fieldStates(states: NonNullable<StandardRecord['states']>): FieldStates {
  const stored: FieldStates = {};
  for (const field in states) stored[field] = { kind: states[field]! };
  return stored;
}

/** Turns the waiting identifiers into a sealed cell and a blind index cell. */
export function sealIdentifiers(
  record: EncodedRecord,
  where: { stream: number; key: string; subjectKeys: ReadonlyMap<string, Buffer> },
  keyring: Keyring,
): void {
  if (record.identifiers.length === 0) return;
  const table = entityTable(record.entity);
  const subjectKey = where.subjectKeys.get(subjectOf(record.personKey, where.stream, where.key, record.part))!;
  for (const pending of record.identifiers) {
    const aad = identifierAad(table.table, pending.column, where.stream, where.key, record.part);
    record.cells[pending.cell] = copyBytes(keyring.sealIdentifier(subjectKey, aad, pending.text));
    const masked = record.states?.[fieldOfColumn(table, pending.column)]?.kind === 'MASKED_AT_SOURCE';
    const index = masked ? null : identifierIndex(keyring, pending.text);
    record.cells[pending.cell + 1] = copyBytes(index);
  }
}

const fieldOfColumn = (table: EntityTable, column: string): string =>
  table.fields.find((field) => field.column === column)!.name;

/**
 * The blind index of an identifier: of the 18-digit form where it is a citizen number with a right check digit
 * (16 bytes), marked unverified otherwise (17 bytes). Masked values have none.
 */
export function identifierIndex(keyring: Keyring, text: string): Buffer {
  const citizen = normaliseCitizenId(text);
  if (citizen.state === 'valid' && citizen.id18) return keyring.blindIndex('citizen-id', citizen.id18);
  return Buffer.concat([UNVERIFIED, keyring.blindIndex('citizen-id', text)]);
}
