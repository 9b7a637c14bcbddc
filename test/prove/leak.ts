import { basename } from 'node:path';
import type { TestProgram } from '../kit/program.js';
import { SeededRandom } from '../kit/random.js';
import { ByteScanner } from '../kit/scan-bytes.js';
import { townTruth, type TruePerson } from '../kit/town-truth.js';
import { Proofs, type Proof, type SuiteOptions } from './proof.js';
import { mixedQuestions, someResidents } from './questions.js';
import { withProgram } from './with-program.js';

/** After a sync and many questions: no ID number, token or source secret in any byte that the program has written. */
export const leak = (options: SuiteOptions): Promise<Proof[]> =>
  withProgram(options, {}, (program) => proveNoLeak(program, options));

export async function proveNoLeak(program: TestProgram, { seed, scale, say }: SuiteOptions): Promise<Proof[]> {
  const proofs = new Proofs('leak', seed);
  const people = await townTruth(program.townDir);
  const questions = mixedQuestions(
    new SeededRandom(seed),
    people,
    await someResidents(program, 50),
    scale === 'full' ? 300 : 50,
  );
  for (const question of questions) await program.ask(question);
  await program.admin('CHECKPOINT');
  const forbidden = { idNumbers: people.map((one) => one.idNumber), secrets: secretsOf(program) };
  const what = `town of ${people.length} people, ${questions.length} queries`;
  const report = (id: string, promise: string, scanner: ByteScanner): void => {
    if (scanner.total)
      say(`leak: ${id} ${JSON.stringify(scanner.found)} in ${[...scanner.where].slice(0, 8).join(', ')}`);
    proofs.none(id, `${what}: ${promise} (${Math.round(scanner.bytes / 1e6)} MB scanned)`, scanner.total);
  };

  // The file of demo tokens is where they are meant to be read.
  const disk = new ByteScanner(forbidden);
  await disk.directory(program.dataDir, (path) => basename(path) === 'demo-credentials.json');
  report('disk', 'ID numbers, tokens and source secrets in data directory, WAL and logs', disk);

  // The greeting shows the demo tokens on purpose.
  const output = new ByteScanner({ ...forbidden, secrets: [] });
  await output.file(program.output);
  report('output', 'ID numbers in what the program printed', output);

  // Compressed values look different on disk: every table once more, as PostgreSQL reads it.
  const tables = new ByteScanner(forbidden);
  await scanTables(program, tables);
  report(
    'tables',
    'ID numbers, tokens and source secrets in any column of any table, job payloads and ledger bodies among them',
    tables,
  );
  proofs.add(
    'scanner',
    'the scanner finds what is there: ID numbers in the town’s own files',
    await townFindings(program, people),
    '> 0',
    (await townFindings(program, people)) > 0,
  );
  return proofs.all;
}

const SECRET_SETTINGS = ['password', 'token', 'passWord'];

function secretsOf(program: TestProgram): string[] {
  const ofSources = Object.values(program.town.sources).flatMap(({ settings }) =>
    SECRET_SETTINGS.map((name) => settings[name]).filter((value): value is string => typeof value === 'string'),
  );
  return [...Object.values(program.tokens), ...ofSources];
}

async function scanTables(program: TestProgram, scanner: ByteScanner): Promise<void> {
  const tables = await program.admin<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  if (!tables.some(({ name }) => name.startsWith('queue.'))) throw new Error('the tables of the queue are not there');
  for (const { name } of tables) {
    for (let from = 0; ; from += 2000) {
      const rows = await program.admin<Record<string, unknown>>(
        `SELECT * FROM ${name} ORDER BY ctid OFFSET ${from} LIMIT 2000`,
      );
      for (const row of rows)
        for (const value of Object.values(row)) {
          if (value === null || typeof value === 'boolean') continue;
          scanner.take(
            Buffer.isBuffer(value) ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
            name,
          );
        }
      if (rows.length < 2000) break;
    }
  }
}

/** The same scan where the numbers are at home must find them. */
async function townFindings(program: TestProgram, people: readonly TruePerson[]): Promise<number> {
  const scanner = new ByteScanner({ idNumbers: people.map((one) => one.idNumber), secrets: [] });
  await scanner.directory(program.town.sources.police.settings['directory'] as string);
  return scanner.total;
}
