import type { EntityName } from '../../../standard/index.js';
import type { GraphContext } from '../../graph/index.js';
import type { SubgraphKit } from './kit.js';
import { recordList } from './lists.js';
import { operationOf } from './operation.js';
import { OF_RESIDENTS, readRecords, type RecordQuery } from './records.repository.js';
import type { ServedRecord } from './served.js';
import type { FieldOf, ResidentRef } from './subgraph-types.js';
import { isUuid } from './cursor.js';

/** How to read the records of one entity that belong to residents. */
export const residentQuery = (
  type: string,
  entity: EntityName,
  table: string,
  more: Pick<RecordQuery, 'links' | 'orderBy'> & { join?: string } = {},
): RecordQuery => ({
  type,
  entity,
  from: `${OF_RESIDENTS(table)} ${more.join ?? ''}`,
  groupBy: 'm.resident',
  idType: 'uuid',
  ...(more.links && { links: more.links }),
  ...(more.orderBy && { orderBy: more.orderBy }),
});

/** The resolver of a list of records below `Resident`: one statement for all residents of the answer. */
export function recordsOfResident(
  kit: SubgraphKit,
  field: string,
  query: RecordQuery,
): FieldOf<ResidentRef, Promise<ServedRecord[] | null>> {
  return ({ id }, _args, context: GraphContext) => {
    const operation = operationOf(context, kit);
    return recordList(operation, { type: 'Resident', id, field }, query.entity, async () => {
      if (!isUuid(id)) return [];
      context.subject(id);
      return operation.load(field, id, (ids) => readRecords(operation, query, ids));
    });
  };
}
