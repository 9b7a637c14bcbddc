import { ENTITIES, type EntityName } from '../../../standard/index.js';
import type { FieldPlan } from '../../../governance/policy/index.js';
import type { Operation } from './operation.js';
import { columns, LATE } from './columns.js';
import { SEALED_BY, WITH_SUBJECT_KEY, type SealedCell } from './identifiers.js';
import { ServedRecord } from './served.js';
import { valuesOf } from './values.js';

/** How a batch of records is found: `joins` leads from the ids `$1` to `r`, the record. */
export interface RecordQuery {
  /** GraphQL type of the result. */
  type: string;
  entity: EntityName;
  /** FROM and JOIN clauses that bind `r` (the typed table) and `s` (control.stream of `r`). */
  from: string;
  /** Expression of the id that the batch is grouped by. */
  groupBy: string;
  /** Type of that id, so that the index behind it serves. */
  idType: 'uuid' | 'text';
  /** Further expressions to hand on in `links`; one called `resident` names a resident whose data is read. */
  links?: Record<string, string>;
  /** Field to order by; ignored where the plan does not show it, since an order tells of the values. */
  orderBy?: OrderBy;
}

export interface OrderBy {
  field: string;
  descending?: boolean;
}

interface Row extends SealedCell {
  [column: string]: unknown;
  group_id: string;
  run: number;
  states: string | null;
  late: boolean;
}

/**
 * The join from residents to what any of their sources says of them; `table` is the typed table. The fence makes the
 * planner go from the few to the many whatever it believes of tables that were filled a moment ago: left to itself it
 * walked through every record of the town for one resident.
 */
export const OF_RESIDENTS = (table: string): string => `
  data.resident_member m
  JOIN control.stream s ON s.source = m.source
  CROSS JOIN LATERAL (
    SELECT * FROM data.${table} one WHERE one.stream = s.id AND one.person_key = m.person_key OFFSET 0) r`;

/**
 * The live, current records of many owners in one statement, grouped by owner. Only columns that the plan reads
 * are selected; where the record itself is withheld nothing is asked.
 */
export async function readRecords(
  operation: Operation,
  query: RecordQuery,
  ids: string[],
): Promise<Map<string, ServedRecord[]>> {
  const plan = operation.plan(query.entity);
  if (plan.record.access === 'WITHHELD') return new Map();
  const directory = await operation.sources();
  const rows = await operation.byIds<Row>(statement(query, plan), ids, { type: query.idType });
  const grouped = new Map<string, ServedRecord[]>();
  for (const row of rows) {
    const links = Object.fromEntries(
      Object.keys(query.links ?? {}).map((name) => [name, row[`link_${name}`] as string | null]),
    );
    const record = new ServedRecord(
      query.type,
      recordId(operation, row),
      query.entity,
      { states: row.states, run: row.run, late: row.late, values: valuesOf(operation, query.entity, row) },
      directory.stream(row.stream),
      links,
    );
    if (links['resident']) operation.context.subject(links['resident']);
    const list = grouped.get(row.group_id);
    if (list) list.push(record);
    else grouped.set(row.group_id, [record]);
  }
  return grouped;
}

/** A stable, opaque name of a record: source keys are the source's own business. */
const recordId = (operation: Operation, { stream, key, part }: Row): string =>
  operation.kit.keyring.blindIndex('record-id', `${stream}/${key}/${part}`).toString('hex');

function statement(
  { entity, from, groupBy, links = {}, orderBy }: RecordQuery,
  plan: FieldPlan,
): (isOne: string) => string {
  const extra = Object.entries(links).map(([name, expression]) => `, (${expression})::text AS "link_${name}"`);
  const sealed = ENTITIES[entity].fields.some(({ name, type }) => type === 'identifier' && plan.reads(name));
  return (isOne) => `
    SELECT (${groupBy})::text AS group_id, r.stream, r.key, r.part, r.run, r.states,
           ${LATE} AS late
           ${columns(plan, entity, 'r')}${sealed ? `, ${SEALED_BY}` : ''}${extra.join('')}
      FROM ${from}
      ${sealed ? WITH_SUBJECT_KEY : ''}
     WHERE ${groupBy} ${isOne} AND r.gone_run IS NULL AND r.current
     ORDER BY ${ordering(plan, entity, orderBy)}r.stream, r.key, r.part`;
}

function ordering(plan: FieldPlan, entity: EntityName, orderBy: OrderBy | undefined): string {
  if (!orderBy || !plan.reads(orderBy.field) || plan.of(orderBy.field).access !== 'SHOWN') return '';
  const { column } = ENTITIES[entity].fields.find(({ name }) => name === orderBy.field)!;
  return `r."${column}" ${orderBy.descending ? 'DESC NULLS LAST' : 'ASC NULLS LAST'}, `;
}
