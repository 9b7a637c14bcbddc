import type { Ask, TestProgram } from '../kit/program.js';
import type { SeededRandom } from '../kit/random.js';
import type { TruePerson } from '../kit/town-truth.js';

const WHOLE = `id name sex birthDate idNumber mobile registration { addressText division } household { householdNo headName }
  occupancies { role dwelling { addressText } } subscriptions { msisdn status } marriages { operation partnerName }
  assistance { category level } provenance { field source asOf } conflicts { field chosen values { source value } }`;
export const RESIDENT = `query One($id: ID!) { resident(id: $id) { ${WHOLE} } }`;
export const BY_NUMBER = `query ByNumber($no: String!) { residentByIdNumber(idNumber: $no) { ${WHOLE} } }`;
const BY_NAME = `query ByName($prefix: String!) { residents(filter: { namePrefix: $prefix }, first: 5) { nodes { id name idNumber mobile } pageInfo { hasNextPage } } }`;
const PURPOSES = ['assistance-eligibility', 'elderly-care', 'emergency-contact', 'residence-check'];

/** Ids of some residents, those first whom most sources know. */
export async function someResidents(program: TestProgram, count: number): Promise<string[]> {
  const rows = await program.admin<{ id: string }>(
    `SELECT resident AS id FROM data.resident_member GROUP BY resident ORDER BY count(DISTINCT source) DESC, resident LIMIT $1`,
    [count],
  );
  return rows.map((row) => row.id);
}

/**
 * Questions as they come: right ones, ones without purpose or case, of the wrong role, without a token, with a wrong
 * token, malformed, over limits, for a field that does not exist, and careless ones that carry an ID number in the
 * document, the case or a name.
 */
export function mixedQuestions(
  random: SeededRandom,
  people: readonly TruePerson[],
  residents: readonly string[],
  count: number,
): Ask[] {
  const no = (): string => random.pick(people).idNumber;
  const id = (): string => random.pick(residents);
  const kinds: (() => Ask)[] = [
    () => ({ query: RESIDENT, variables: { id: id() }, purpose: random.pick(PURPOSES) }),
    () => ({ query: BY_NUMBER, variables: { no: no() }, purpose: random.pick(PURPOSES) }),
    () => ({ query: BY_NAME, variables: { prefix: random.pick(people).name.slice(0, 1) } }),
    () => ({
      query: `{ sources { id state asOf lagSeconds } }`,
      role: random.pick(['department', 'vendor', 'auditor', 'supervisor'] as const),
    }),
    () => ({
      query: `{ auditRows(first: 5) { nodes { time who operation decision } } }`,
      role: 'auditor',
      purpose: null,
    }),
    () => ({ query: RESIDENT, variables: { id: id() }, purpose: null }),
    () => ({ query: RESIDENT, variables: { id: id() }, caseNo: null }),
    () => ({ query: RESIDENT, variables: { id: id() }, purpose: 'curiosity' }),
    () => ({
      query: RESIDENT,
      variables: { id: id() },
      role: random.pick(['vendor', 'auditor', 'supervisor'] as const),
    }),
    () => ({ query: `{ residentByIdNumber(idNumber: "${no()}") { name mobile } }` }),
    () => ({ query: RESIDENT, variables: { id: id() }, caseNo: no() }),
    () => ({ query: BY_NAME, variables: { prefix: no() } }),
    () => ({ query: RESIDENT, variables: { id: no() } }),
    () => ({ query: `{ resident(id: "x") { religion } }` }),
    () => ({ query: `{ residents(first: 100000) { nodes { id } } }` }),
    () => ({ query: `{ broken` }),
    () => ({ query: `{ a${no()}: sources { id } }` }),
  ];
  // A minute holds no more than 60 rows of anonymous refusals, so those are few.
  return Array.from({ length: count }, (_, index) =>
    index % 25 === 24 ? { query: RESIDENT, variables: { id: id() }, role: null } : kinds[index % kinds.length]!(),
  );
}
