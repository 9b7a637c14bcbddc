import type { TestProgram } from '../kit/program.js';
import { until } from '../kit/until.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';
import { someResidents } from './questions.js';
import { withProgram } from './with-program.js';

const STOPPED = 'telecom';
const QUESTION = `query($id: ID!) { resident(id: $id) { id name registration { ref: id addressText } occupancies { ref: id role }
  subscriptions { ref: id msisdn status productName } } }`;

/** One source's process is stopped: the others answer as before, its values stay and say how old they are. */
export const stale = (options: SuiteOptions): Promise<Proof[]> =>
  withProgram(options, {}, (program) => proveStale(program, options));

interface Disclosed {
  path: string[];
  state?: string;
  stale: boolean;
  asOf: string | null;
}

export async function proveStale(program: TestProgram, { seed, say }: SuiteOptions): Promise<Proof[]> {
  const proofs = new Proofs('stale', seed);
  const id = await residentOfAllSources(program);
  const before = await program.ask({ query: QUESTION, variables: { id } });
  if (before.code) throw new Error(`the question was not answered: ${before.text}`);
  const states = async (): Promise<Map<string, { state: string; asOf: string | null }>> => {
    const answer = await program.ask({ query: '{ sources { id state asOf lagSeconds } }' });
    return new Map(
      answer.data!['sources'].map((one: { id: string; state: string; asOf: string | null }) => [one.id, one]),
    );
  };
  await until('all sources to answer', async () => [...(await states()).values()].every(({ state }) => state === 'OK'));
  process.kill(program.town.processes[STOPPED], 'SIGKILL');
  await checkedAgain(program);
  const down = await until('the stopped source to be seen as down', async () => {
    const found = await states();
    return found.get(STOPPED)!.state === 'DOWN' && found;
  });
  const after = await program.ask({ query: QUESTION, variables: { id } });
  const disclosure = (after.extensions['disclosure'] ?? []) as Disclosed[];
  const of = (part: string): Disclosed[] => disclosure.filter((one) => one.path.includes(part));
  say(`stale: ${JSON.stringify(disclosure)}`);
  const same = JSON.stringify(before.data) === JSON.stringify(after.data);
  proofs.add(
    'answer',
    `${STOPPED} stopped: the answer keeps every value, its own and the others'`,
    same ? 'equal' : 'different',
    'equal',
    same,
  );
  const marked = of('subscriptions').filter((one) => one.stale && one.asOf !== null && one.state === 'VALUE');
  const fields = new Set(marked.map((one) => one.path.at(-1)));
  proofs.add(
    'marked',
    `${STOPPED} stopped: its fields that are marked stale with their as-of time`,
    [...fields].sort().join(' '),
    'msisdn productName status',
    ['msisdn', 'productName', 'status'].every((field) => fields.has(field)),
  );
  proofs.none(
    'others',
    `${STOPPED} stopped: fields of other sources that are marked stale`,
    [...of('registration'), ...of('occupancies')].filter((one) => one.stale).length,
  );
  const others = [...down].filter(([source]) => source !== STOPPED).map(([, { state }]) => state);
  proofs.add(
    'states',
    `${STOPPED} stopped: states of the other sources`,
    others.join(' '),
    'OK OK OK',
    others.length === 3 && others.every((state) => state === 'OK'),
  );
  proofs.add(
    'as-of',
    `${STOPPED} stopped: it keeps the time of its last good run`,
    String(down.get(STOPPED)!.asOf),
    'a time',
    down.get(STOPPED)!.asOf !== null,
  );
  return proofs.all;
}

/** A check that was under way at the kill may still have succeeded: two more make sure. */
async function checkedAgain(program: TestProgram): Promise<void> {
  const last = async (): Promise<string> =>
    (
      await program.admin<{ at: string }>(`SELECT checked_at::text AS at FROM control.source WHERE id = $1`, [STOPPED])
    )[0]!.at;
  for (let times = 0; times < 2; times++) {
    const before = await last();
    await until('a check of the stopped source', async () => (await last()) !== before);
  }
}

/** Somebody whom all four know and who has a line, a registration and a dwelling. */
async function residentOfAllSources(program: TestProgram): Promise<string> {
  for (const id of await someResidents(program, 20)) {
    const { data } = await program.ask({ query: QUESTION, variables: { id } });
    const one = data?.['resident'];
    if (
      one?.subscriptions.some((line: { msisdn: string | null }) => line.msisdn) &&
      one.registration &&
      one.occupancies.length
    )
      return id;
  }
  throw new Error('nobody is known to police, property and telecom');
}
