import { DRIFTS, type Fault } from './kinds.js';

type Row = Record<string, unknown>;

/** Which fields of a list a drift takes hold of. */
interface DriftFields {
  /** A field that the list cannot do without. */
  required: string;
  code: string;
  date: string;
  key: string;
  /** A field whose type changes. */
  typed: string;
  nested?: string;
  number?: string;
}

const FIELDS: Record<string, DriftFields> = {
  individuals: {
    ...{ required: 'fullName', code: 'gender', date: 'birthDate', key: 'id', typed: 'contactMedium' },
    nested: 'individualIdentification',
  },
  customers: {
    ...{ required: 'name', code: 'status', date: 'validFor', key: 'id', typed: 'contactMedium' },
    nested: 'engagedParty',
  },
  products: {
    ...{ required: 'status', code: 'status', date: 'startDate', key: 'id', typed: 'productSerialNumber' },
    nested: 'relatedParty',
  },
  residents: { required: 'xm', code: 'xb', date: 'csrq', key: 'rynbid', typed: 'qysj' },
  households: { required: 'hzxm', code: 'hlx', date: 'jhrq', key: 'hhnbid', typed: 'jhrq' },
  assistance: {
    ...{ required: 'NAME', code: 'ASSISTANCE_TYPE', date: 'BEGIN_DATE', key: 'PEOPLE_ID', typed: 'END_DATE' },
    number: 'ASSISTANCE_MONEY',
  },
  marriages: { required: 'CERT_NO', code: 'OP_TYPE', date: 'OP_DATE', key: 'MARRY_ID', typed: 'OP_DATE' },
};

const renamed = (row: Row, from: string, to: string): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name === from ? to : name, value]));

/** `2026-11-01…` and `20261101…` as `01/11/2026`. */
const otherDate = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replace(/^(\d{4})-?(\d\d)(?:-?(\d\d))?.*$/, (_, y, m, d) => `${d ?? '01'}/${m}/${y}`)
    : value;

/** Text becomes a count of seconds, a structure its own content in another form. */
const otherType = (value: unknown): unknown => {
  if (Array.isArray(value)) return { items: value };
  if (typeof value !== 'string') return [value];
  const digits = value.replaceAll(/\D/g, '').slice(0, 8);
  return digits === '' ? value : String(Number(digits) * 86_400);
};

/** A row as the vendor's next version shows it. */
function driftRow(kind: string, fields: DriftFields, row: Row): Row {
  const { required, code, date, key, typed, nested, number } = fields;
  switch (kind) {
    case 'column-removed':
      return Object.fromEntries(Object.entries(row).filter(([name]) => name !== required));
    case 'column-renamed':
      return renamed(row, required, `${required}_new`);
    case 'column-added':
      return { ...row, extra_1: '1' };
    case 'type-changed':
      return { ...row, [typed]: otherType(row[typed]) };
    case 'date-shape':
      return { ...row, [date]: otherDate(row[date]) };
    case 'unknown-code':
      return { ...row, [code]: 'Z9' };
    case 'null-required':
      return { ...row, [required]: typeof row[required] === 'string' ? '' : null };
    case 'key-changed':
      return { ...row, [key]: `N-${String(row[key])}` };
    case 'nested-to-string':
      return nested === undefined ? row : { ...row, [nested]: JSON.stringify(row[nested]) };
    case 'number-to-string':
      return number === undefined ? row : { ...row, [number]: `${String(row[number])}元整` };
    case 'unit-changed':
      return number === undefined ? row : { ...row, [number]: String(Math.round(Number(row[number]) * 100)) };
    default:
      return row;
  }
}

/** The drifts among the faults, as one change of a list's rows; null when there is none. */
export function driftOf(faults: readonly Fault[], stream: string): (<T extends object>(row: T) => T) | null {
  const fields = FIELDS[stream];
  const kinds = faults.map((fault) => fault.kind).filter((kind) => (DRIFTS as readonly string[]).includes(kind));
  if (fields === undefined || kinds.length === 0) return null;
  return <T extends object>(row: T) =>
    kinds.reduce<Row>((changed, kind) => driftRow(kind, fields, changed), row as Row) as T;
}
