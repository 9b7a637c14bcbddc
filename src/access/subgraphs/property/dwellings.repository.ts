import type { FieldPlan } from '../../../governance/policy/index.js';
import { type Conditions, type GoldenTable, NO_CONDITIONS } from '../shared/golden.repository.js';
import type { RecordQuery } from '../shared/records.repository.js';
import { residentQuery } from '../shared/resident-records.js';
import { ServedGolden } from '../shared/served.js';
import { escapeLike } from '../shared/sql-text.js';

export interface DwellingFilter {
  division?: string | null;
  communityName?: string | null;
  estate?: string | null;
  building?: string | null;
  unit?: string | null;
  room?: string | null;
}

export const DWELLINGS: GoldenTable<ServedGolden> = {
  table: 'data.unified_dwelling',
  entity: 'Dwelling',
  make: (id, row, directory) => new ServedGolden('Dwelling', id, 'Dwelling', row, directory),
};

const COLUMNS = { communityName: 'community_name', estate: 'estate', building: 'building', unit: 'unit', room: 'room' };

/** The filter as conditions. @throws ForbiddenError FIELD_WITHHELD for a field the plan hides. */
export function dwellingConditions(plan: FieldPlan, filter: DwellingFilter): Conditions {
  const { words, params } = NO_CONDITIONS();
  if (filter.division != null) {
    plan.requireFilter('division');
    words.push(`r.division LIKE $${params.push(`${escapeLike(filter.division)}%`)}`);
  }
  for (const [field, column] of Object.entries(COLUMNS)) {
    const value = filter[field as keyof typeof COLUMNS];
    if (value == null) continue;
    plan.requireFilter(field);
    words.push(`r.${column} = $${params.push(value.trim())}`);
  }
  return { words, params };
}

/** An occupancy names its dwelling by the key the same source gives it. */
const DWELLING_OF = `SELECT d.dwelling FROM control.stream ds JOIN data.dwelling_member d ON d.stream = ds.id AND d.key = r.dwelling_key
  WHERE ds.source = s.source LIMIT 1`;
const RESIDENT_OF = `SELECT x.resident FROM data.resident_member x WHERE x.source = s.source AND x.person_key = r.person_key`;

export const OCCUPANCIES_OF_RESIDENT: RecordQuery = residentQuery(
  'PropertyOccupancy',
  'PropertyOccupancy',
  'property_occupancy',
  { links: { dwelling: DWELLING_OF, resident: 'm.resident' }, orderBy: { field: 'startDate' } },
);

export const OCCUPANCIES_OF_DWELLING: RecordQuery = {
  type: 'PropertyOccupancy',
  entity: 'PropertyOccupancy',
  from: `data.dwelling_member d
    JOIN control.stream ds ON ds.id = d.stream
    JOIN control.stream s ON s.source = ds.source
    JOIN data.property_occupancy r ON r.stream = s.id AND r.dwelling_key = d.key`,
  groupBy: 'd.dwelling',
  idType: 'uuid',
  links: { dwelling: 'd.dwelling', resident: RESIDENT_OF },
  orderBy: { field: 'startDate' },
};
