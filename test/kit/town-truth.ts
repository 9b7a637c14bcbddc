import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { built } from './built.js';

/** What a proof needs of a person of the town. */
export interface TruePerson {
  name: string;
  idNumber: string;
  records: { source: string; key: string; idNumber: string; name: string }[];
}

/** Who lives in the town, from its own mouth. */
export async function townTruth(directory: string): Promise<TruePerson[]> {
  const teller = spawn(process.execPath, [built('town/main.js'), 'truth', '--dir', directory, '--ndjson'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const people: TruePerson[] = [];
  for await (const line of createInterface({ input: teller.stdout })) people.push(JSON.parse(line) as TruePerson);
  return people;
}
