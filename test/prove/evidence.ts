import type { TestProgram } from '../kit/program.js';
import { SeededRandom } from '../kit/random.js';
import { townTruth, type TruePerson } from '../kit/town-truth.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';
import { BY_NUMBER, mixedQuestions, RESIDENT, someResidents } from './questions.js';
import { withProgram } from './with-program.js';

/** No evidence row, no data. */
export const evidence = (options: SuiteOptions): Promise<Proof[]> =>
  withProgram(options, {}, (program) => proveEvidence(program, options));

export async function proveEvidence(program: TestProgram, { seed, scale, say }: SuiteOptions): Promise<Proof[]> {
  const proofs = new Proofs('evidence', seed);
  const people = await townTruth(program.townDir);
  const residents = await someResidents(program, 50);
  await countRows(program, proofs, new SeededRandom(seed), people, residents, scale === 'full' ? 500 : 100, say);
  await withoutLedger(program, proofs, people, residents, say);
  return proofs.all;
}

const eventCount = async (program: TestProgram): Promise<number> =>
  (await program.admin<{ n: number }>(`SELECT count(*)::int AS n FROM ledger.event WHERE code LIKE 'QUERY%'`))[0]!.n;

/** One row for each question, whatever became of it: a text that is no operation of the graph is a refusal. */
async function countRows(
  program: TestProgram,
  proofs: Proofs,
  random: SeededRandom,
  people: readonly TruePerson[],
  residents: readonly string[],
  count: number,
  say: (line: string) => void,
): Promise<void> {
  const questions = mixedQuestions(random, people, residents, count);
  const before = await eventCount(program);
  const codes = new Map<string, number>();
  let internal = 0;
  const LANES = 8;
  await Promise.all(
    Array.from({ length: LANES }, async (_, lane) => {
      for (let index = lane; index < questions.length; index += LANES) {
        const answer = await program.ask(questions[index]!);
        const code = answer.code ?? 'answered';
        codes.set(code, (codes.get(code) ?? 0) + 1);
        if (answer.code === 'INTERNAL') internal++;
      }
    }),
  );
  const rows = (await eventCount(program)) - before;
  say(`evidence: ${JSON.stringify(Object.fromEntries(codes))}`);
  proofs.add('rows', `${count} mixed queries: evidence rows`, rows, String(count), rows === count);
  proofs.none('internal', `${count} mixed queries: answers that are an internal error`, internal);
  const answered = codes.get('answered') ?? 0;
  proofs.add(
    'mixed',
    `${count} mixed queries: answered ones among them`,
    answered,
    '> 0, < all',
    answered > 0 && answered < count,
  );
}

/** With the evidence insert made to fail, not one personal byte leaves. */
async function withoutLedger(
  program: TestProgram,
  proofs: Proofs,
  people: readonly TruePerson[],
  residents: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const asks = [
    ...residents.slice(0, 10).map((id) => ({ query: RESIDENT, variables: { id } })),
    ...people.slice(0, 10).map((one) => ({ query: BY_NUMBER, variables: { no: one.idNumber } })),
    { query: `{ residents(first: 20) { nodes { id name mobile } } }` },
    { query: RESIDENT, variables: { id: residents[0] }, role: 'vendor' as const },
    { query: RESIDENT, variables: { id: residents[0] }, purpose: null },
  ];
  const told = await program.admin<{ name: string | null; mobile: string | null }>(
    `SELECT name, mobile FROM data.resident`,
  );
  const personal = new Set(
    told.flatMap((row) => [row.name, row.mobile]).filter((value): value is string => !!value && value.length > 1),
  );
  await program.admin(
    `CREATE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the ledger is full'; END $$`,
  );
  await program.admin(
    `CREATE TRIGGER refuse BEFORE INSERT ON ledger.event FOR EACH ROW EXECUTE FUNCTION ledger.refuse()`,
  );
  let [unavailable, leaked] = [0, 0];
  try {
    for (const ask of asks) {
      const answer = await program.ask(ask);
      if (answer.code === 'AUDIT_UNAVAILABLE' && answer.data === null) unavailable++;
      else say(`evidence: ${answer.code} ${answer.text.slice(0, 200)}`);
      if ([...personal].some((value) => answer.text.includes(value))) leaked++;
    }
  } finally {
    await program.admin(`DROP TRIGGER refuse ON ledger.event`);
    await program.admin(`DROP FUNCTION ledger.refuse`);
  }
  proofs.add(
    'unavailable',
    'evidence insert made to fail: answers that are AUDIT_UNAVAILABLE',
    unavailable,
    String(asks.length),
    unavailable === asks.length,
  );
  proofs.none('withheld', 'evidence insert made to fail: answers with a personal byte', leaked);
  const again = await program.ask({ query: RESIDENT, variables: { id: residents[0] } });
  proofs.add(
    'again',
    'once the insert works again, so does the answer',
    again.code ?? 'answered',
    'answered',
    again.code === null && again.data?.['resident'] !== null,
  );
}
