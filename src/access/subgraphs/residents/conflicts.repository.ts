import { disclose } from '../shared/disclosed.js';
import { hiddenOrigins } from '../shared/hidden-origins.js';
import type { Operation } from '../shared/operation.js';
import { type PointedRow, personRows } from './person-rows.repository.js';
import { ENTITIES } from '../../../standard/index.js';

export interface Conflict {
  field: string;
  /** Source of the value that was chosen; null where the plan hides who said what. */
  chosen: string | null;
  reason: string;
  values: { source: string | null; value: string | null; asOf: string | null }[];
}

interface Row {
  resident: string;
  field: string;
  chosen_stream: number;
  reason: string;
  values: { stream: number; key: string; part: string; run: number }[];
}

/**
 * Where the sources of residents differ. Only about fields the plan lets be read, and each value in the form the
 * plan gives it: a conflict must not tell what the field itself does not.
 */
export async function conflictsOf(operation: Operation, residents: string[]): Promise<Map<string, Conflict[]>> {
  const plan = operation.plan('Person');
  const fields = plan.readable();
  const rows = await operation.byIds<Row>(
    (isOne) => `SELECT resident, field, chosen_stream, reason, values FROM data.conflict
      WHERE resident ${isOne} AND field = ANY($2::text[]) ORDER BY resident, field`,
    residents,
    { params: [fields] },
  );
  const persons = await personRows(
    operation,
    rows.flatMap(({ values }) => values),
  );
  const directory = await operation.sources();
  const hides = (await hiddenOrigins(operation)).kinds.length > 0;
  const found = new Map<string, Conflict[]>();
  for (const { resident, field, chosen_stream, reason, values } of rows) {
    const list = found.get(resident) ?? [];
    found.set(resident, list);
    const told = values.map((pointer) =>
      valueOf(operation, field, persons.get(pointer), directory.stream(pointer.stream)),
    );
    list.push({
      field,
      chosen: hides ? null : directory.stream(chosen_stream).source,
      reason,
      values: hides ? nameless(told) : told,
    });
  }
  return found;
}

/** What was said, without by whom: neither order nor number of the sources shows. */
const nameless = (values: Conflict['values']): Conflict['values'] =>
  [...new Set(values.map(({ value }) => value))]
    .sort((a, b) => (a ?? '').localeCompare(b ?? ''))
    .map((value) => ({ source: null, value, asOf: null }));

function valueOf(
  operation: Operation,
  field: string,
  person: PointedRow | undefined,
  origin: { source: string; asOf: Date | null },
): Conflict['values'][number] {
  const spec = ENTITIES.Person.fields.find(({ name }) => name === field)!;
  const { source, asOf } = origin;
  const stored = { value: person?.values[field] ?? null, exception: null, stale: false, unavailable: false, asOf };
  const { value } = disclose(spec, operation.plan('Person').of(field), stored);
  return { source, value: value === null ? null : String(value), asOf: asOf?.toISOString() ?? null };
}
