import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cli } from './cli.js';

/** The program as `npm start` leaves it, without the demo; the command line attaches to it. */
export async function started(cli: Cli): Promise<ChildProcess> {
  const program = cli.spawn(['start']);
  program.stdin!.end();
  program.stdout!.resume();
  let said = '';
  const answering = new Promise<void>((done) =>
    program.stderr!.setEncoding('utf8').on('data', (part: string) => {
      said += part;
      if (said.includes('/graphql')) done();
    }),
  );
  const ended = once(program, 'exit').then(([code]) => Promise.reject(new Error(`start ended with ${code}:\n${said}`)));
  ended.catch(() => undefined);
  await Promise.race([answering, ended]);
  return program;
}

export interface Found {
  /** Residents with each telephone number, in the order of the owners asked about. */
  people: Record<string, unknown>[][];
  disclosure(alias: string, field: string): object[];
}

/** A department's questions through the command line, by telephone number. */
export async function asking(cli: Cli, home: string): Promise<(owners: readonly { link: string }[]) => Promise<Found>> {
  const who = ['--role', 'department', '--unit', '测试街道', '--person', '经办', '--expires', '1d'];
  const issued = await cli.run(['token', 'issue', ...who]);
  const file = join(home, 'token');
  writeFileSync(file, issued.stdout, { mode: 0o600 });
  const reason = ['--token', `@${file}`, '--purpose', 'residence-check', '--case', '测试 2026-1'];
  return async (owners) => {
    const named = owners.map((_, at) => `p${at}`);
    const document = `query People(${named.map((one) => `$${one}: String`).join(', ')}) {
      ${named.map((one) => `${one}: residents(filter: {phone: $${one}}, first: 3) { nodes { ...Asked } }`).join('\n')} }
      fragment Asked on Resident { name sex idNumber mobile occupancies { role isPrimary startDate endDate } }`;
    const variables = JSON.stringify(Object.fromEntries(owners.map(({ link }, at) => [`p${at}`, link])));
    const answer = await cli.json<{
      data: Record<string, { nodes: Record<string, unknown>[] }>;
      extensions: { disclosure: { path: string[] }[] };
    }>(['query', '--graphql', document, '--variables', variables, ...reason]);
    return {
      people: named.map((one) => answer.data[one]!.nodes),
      disclosure: (alias, field) =>
        answer.extensions.disclosure.filter(({ path }) => path.join('.') === `${alias}.nodes.${field}`),
    };
  };
}
