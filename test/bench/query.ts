import autocannon from 'autocannon';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { RESIDENT_QUERY } from './resident-query.js';
import type { Result } from './report.js';

const HERE = dirname(fileURLToPath(import.meta.url));
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 6);

/** One resident over four sources: latency alone, and rate at 16 connections against the same SQL behind bare node:http. */
export async function benchQuery(): Promise<Result[]> {
  const home = mkdtempSync(join(tmpdir(), 'isthmus-bench-'));
  const environment = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: '0',
    ISTHMUS_DATA_DIR: join(home, 'data'),
    ISTHMUS_TOWN_DIR: join(home, 'town'),
    ISTHMUS_TOWN_PEOPLE: process.env['BENCH_PEOPLE'] ?? '3000',
    ISTHMUS_CHECK_SECONDS: '3600',
  };
  const from = performance.now();
  const program = spawn(process.execPath, [join(HERE, '..', '..', 'app', 'main.js'), 'start'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const curl = await lineWith(program, program.stderr, 'curl -s');
    const startSeconds = (performance.now() - from) / 1000;
    const url = /curl -s (\S+)\/graphql/.exec(curl)![1]!;
    const id = /"id":"([0-9a-f-]{36})"/.exec(curl)![1]!;
    const { department } = JSON.parse(readFileSync(join(home, 'data', 'demo-credentials.json'), 'utf8')) as {
      department: { token: string };
    };
    const bare = spawn(process.execPath, [join(HERE, 'bare-server.js'), department.token, id], {
      env: environment,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ports = JSON.parse(await lineWith(bare, bare.stdout, '"evidence"')) as {
      evidence: number;
      plain: number;
      statements: number;
    };
    const ask = (target: string, connections: number) => shoot(target, connections, department.token, id);
    await ask(url, 16);
    await ask(`http://127.0.0.1:${ports.evidence}`, 16);
    const alone = await ask(url, 1);
    const graph = await ask(url, 16);
    const evidenced = await ask(`http://127.0.0.1:${ports.evidence}`, 16);
    const plain = await ask(`http://127.0.0.1:${ports.plain}`, 16);
    bare.stdin.end();
    const rate = (name: string, one: Shot, against?: [string, Shot]): Result[] => [
      {
        name,
        value: one.rate,
        unit: 'requests/s',
        ...(against ? { ratio: one.rate / against[1].rate, against: against[0] } : {}),
      },
      { name: `${name}: p50`, value: one.p50, unit: 'ms' },
      { name: `${name}: p99`, value: one.p99, unit: 'ms' },
    ];
    return [
      { name: 'npm start to the first answer (installed, 3 000 people)', value: startSeconds, unit: 's' },
      ...rate('resident, 1 connection', alone),
      ...rate('resident, 16 connections', graph, [
        `the same ${ports.statements} statements and evidence behind node:http`,
        evidenced,
      ]),
      ...rate('same SQL with evidence, bare node:http', evidenced),
      ...rate('same SQL without evidence, bare node:http', plain),
      {
        name: 'resident against bare SQL without evidence',
        value: graph.rate,
        unit: 'requests/s',
        ratio: graph.rate / plain.rate,
        against: 'same SQL without evidence',
      },
    ];
  } finally {
    program.kill('SIGTERM');
    await new Promise((done) => program.once('exit', done));
    rmSync(home, { recursive: true, force: true });
  }
}

interface Shot {
  rate: number;
  p50: number;
  p99: number;
}

async function shoot(url: string, connections: number, token: string, id: string): Promise<Shot> {
  const latencies: number[] = [];
  const result = await new Promise<autocannon.Result>((done, fail) => {
    const run = autocannon(
      {
        url: `${url}/graphql`,
        connections,
        duration: SECONDS,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          'x-isthmus-purpose': 'assistance-eligibility',
          'x-isthmus-case': 'BENCH-1',
        },
        body: JSON.stringify({ query: RESIDENT_QUERY, variables: { id } }),
      },
      (error, ended) => (error ? fail(error as Error) : done(ended)),
    );
    run.on('response', (_client, _status, _bytes, ms) => latencies.push(ms));
  });
  if (result.non2xx || result.errors)
    throw new Error(`bench: ${result.non2xx} refusals, ${result.errors} errors at ${url}`);
  latencies.sort((a, b) => a - b);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { rate: latencies.length / result.duration, p50: at(0.5), p99: at(0.99) };
}

async function lineWith(child: ChildProcess, stream: NodeJS.ReadableStream | null, word: string): Promise<string> {
  const tail: string[] = [];
  return new Promise((done, fail) => {
    createInterface({ input: stream! }).on('line', (line) => {
      tail.push(line);
      if (line.includes(word)) done(line);
    });
    child.once('exit', () => fail(new Error(`bench: a process ended early: ${tail.slice(-5).join(' / ')}`)));
  });
}
