import { goldenById, type GoldenTable } from '../shared/golden.repository.js';
import type { Operation } from '../shared/operation.js';
import { OF_RESIDENTS, type RecordQuery } from '../shared/records.repository.js';
import { residentQuery } from '../shared/resident-records.js';
import { ServedGolden } from '../shared/served.js';

export const HOUSEHOLDS: GoldenTable<ServedGolden> = {
  table: 'data.unified_household',
  entity: 'Household',
  make: (id, row, directory) => new ServedGolden('Household', id, 'Household', row, directory),
};

/** The latest version that is live; a person has one that holds. */
export const REGISTRATION: RecordQuery = residentQuery(
  'HouseholdRegistration',
  'HouseholdRegistration',
  'household_registration',
  { orderBy: { field: 'effectiveFrom', descending: true } },
);

export const MEMBERS: RecordQuery = {
  type: 'HouseholdMember',
  entity: 'HouseholdMember',
  from: `data.unified_household h
    JOIN control.stream s ON s.source = h.source
    JOIN data.household_member r ON r.stream = s.id AND r.household_key = h.household_key`,
  groupBy: 'h.id',
  idType: 'uuid',
  links: {
    resident: 'SELECT x.resident FROM data.resident_member x WHERE x.source = s.source AND x.person_key = r.person_key',
  },
  orderBy: { field: 'isHead', descending: true },
};

/** The residents who head households: their names stand on them, so reading a household is reading about them. */
export async function headsOf(operation: Operation, households: string[]): Promise<Map<string, string[]>> {
  const rows = await operation.byIds<{ household: string; heads: string[] }>(
    (isOne) => `SELECT h.id AS household, array_agg(m.resident::text) AS heads
       FROM data.unified_household h
       JOIN control.stream s ON s.source = h.source
       JOIN data.household_member r ON r.stream = s.id AND r.household_key = h.household_key
       JOIN data.resident_member m ON m.source = s.source AND m.person_key = r.person_key
      WHERE h.id ${isOne} AND r.is_head AND r.gone_run IS NULL AND r.current
      GROUP BY h.id`,
    households,
  );
  return new Map(rows.map(({ household, heads }) => [household, heads]));
}

/** Households by id; their heads go into the evidence. */
export async function householdsById(operation: Operation, ids: string[]): Promise<Map<string, ServedGolden>> {
  const found = await goldenById(operation, HOUSEHOLDS, ids);
  const heads = await headsOf(operation, [...found.keys()]);
  for (const residents of heads.values()) residents.forEach((resident) => operation.context.subject(resident));
  return found;
}

/** The household each resident belongs to: one he has not left before one he has, then the latest known. */
export async function householdOf(operation: Operation, residents: string[]): Promise<Map<string, string>> {
  const rows = await operation.byIds<{ resident: string; household: string }>(
    (isOne) => `SELECT DISTINCT ON (m.resident) m.resident, h.id AS household
       FROM ${OF_RESIDENTS('household_member')}
       JOIN data.unified_household h ON h.source = s.source AND h.household_key = r.household_key
      WHERE m.resident ${isOne} AND r.gone_run IS NULL AND r.current
      ORDER BY m.resident, (r.left_on IS NOT NULL), r.joined_on DESC NULLS LAST, r.recorded_at DESC, h.id`,
    residents,
  );
  return new Map(rows.map(({ resident, household }) => [resident, household]));
}
