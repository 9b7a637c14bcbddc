import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { buildProgram } from '../../src/app/cli/program.js';
import { SETTINGS, type SettingSpec } from '../../src/platform/config/index.js';
import { Metrics } from '../../src/platform/telemetry/index.js';
import { built, ROOT } from '../kit/built.js';

// Both deployments are started and asked in one hook: about 20 s on an idle machine, much more on a busy one.
jest.setTimeout(300_000);

/** One line after `$ ` in a ```console block, with the output shown below it. */
interface Shown {
  command: string;
  output: string[];
}
interface Ran {
  code: number | null;
  output: string;
}
/** The word after `console`: `start` the demo's start, `real` a deployment without the demo, nothing the demo. */
type Place = 'start' | 'real' | '';

const MAIN = built('app/main.js');
const page = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const BLOCK = /^```console ?(start|real|)\n([^]*?)^```$/gm;

function commandsOf(markdown: string): { place: Place; shown: Shown }[] {
  return [...markdown.matchAll(BLOCK)].flatMap(([, place, body]) => {
    const shown: Shown[] = [];
    let continues = false;
    for (const line of body!.trimEnd().split('\n')) {
      const last = shown.at(-1);
      if (line.startsWith('$ ')) shown.push({ command: line.slice(2), output: [] });
      else if (continues && last) last.command += `\n${line}`;
      else last?.output.push(line);
      continues = (line.startsWith('$ ') || continues) && line.endsWith('\\');
    }
    return shown.map((one) => ({ place: place as Place, shown: one }));
  });
}

/** Words alone: no table lines, and one form for ids and numbers, which differ from town to town. */
const words = (text: string): string =>
  text
    .replace(/[│┌┬┐├┼┤└┴┘─]/g, ' ')
    .replace(/isth_[0-9a-f_]*/g, 'isth_ ')
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{16,}\b/g, '#')
    .replace(/[0-9](?:[0-9.,:-]*[0-9])?/g, '#')
    .replace(/\s+/g, ' ')
    .trim();

/** What a line of the README promises: the words between the ellipses. */
const promised = (line: string): string[] =>
  line
    .split('…')
    .map(words)
    .filter((part) => part !== '');

class Deployment {
  readonly home = mkdtempSync(join(tmpdir(), 'isthmus-readme-'));
  readonly env: NodeJS.ProcessEnv;
  started = '';
  url = '';
  #program: ChildProcess | null = null;

  constructor(settings: Record<string, string>) {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(ISTHMUS_|REDIS_URL|PORT$|npm_)/.test(name));
    this.env = { ...Object.fromEntries(inherited), PORT: '0', ISTHMUS_LANG: 'en', NODE_ENV: 'production', ...settings };
    // `npx --no-install isthmus` without looking whether to install or build; the real one is tested below.
    const bin = join(this.home, '.bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${MAIN}" "$@"\n`, {
      mode: 0o755,
    });
    this.env['PATH'] = `${bin}:${process.env['PATH'] ?? ''}`;
    cpSync(join(ROOT, 'adapters'), join(this.home, 'adapters'), { recursive: true });
  }

  /** Starts the program here and waits until it has said the line that ends its greeting. */
  async start(until: RegExp): Promise<void> {
    const program = spawn(process.execPath, [MAIN, 'start'], {
      cwd: this.home,
      env: this.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#program = program;
    await new Promise<void>((done, fail) => {
      program.once('exit', () => fail(new Error(`the program ended early:\n${this.started}`)));
      program.stderr.on('data', (part: Buffer) => {
        this.started += part.toString('utf8');
        if (until.test(this.started)) done();
      });
    });
    this.url = /http:\/\/[\d.]+:\d+/.exec(this.started)![0];
  }

  /** Runs a command as a reader would, in this directory and against this program. */
  run(command: string): Promise<Ran> {
    const here = command.replaceAll('http://127.0.0.1:3000', this.url);
    const child = spawn('bash', ['-c', here], { cwd: this.home, env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => (output += part.toString('utf8')));
    return new Promise((done, fail) => {
      child.once('error', fail);
      child.once('close', (code) => done({ code, output }));
    });
  }

  async stop(): Promise<void> {
    const program = this.#program;
    if (program && program.exitCode === null) {
      const exited = new Promise((done) => program.once('exit', done));
      program.kill('SIGTERM');
      await exited;
    }
    rmSync(this.home, { recursive: true, force: true });
  }
}

const english = page('README.md');
const chinese = page('README.zh-CN.md');
const shown = commandsOf(english);

describe('the commands of the README', () => {
  const demo = new Deployment({ ISTHMUS_TOWN_PEOPLE: '300' });
  const real = new Deployment({ ISTHMUS_DEMO: 'off' });
  const results = new Map<Shown, Ran>();

  /** The commands of one place, one after the other; what one assigns to a variable the later ones have. */
  async function runAll(deployment: Deployment, place: Place, until: RegExp): Promise<void> {
    await deployment.start(until);
    let assigned = '';
    for (const { shown: one } of shown.filter((candidate) => candidate.place === place)) {
      results.set(one, await deployment.run(`${assigned}${one.command}`));
      if (/^[A-Z]+=\$\(/.test(one.command)) assigned += `${one.command}\n`;
    }
  }

  beforeAll(() =>
    Promise.all([
      runAll(demo, '', /^npx --no-install isthmus query/m),
      runAll(real, 'real', /isthmus source add --help/),
    ]),
  );
  afterAll(() => Promise.all([demo.stop(), real.stop()]));

  it.each(shown.map(({ place, shown: one }) => [one.command, place, one] as const))(
    'does what the page shows: %s',
    (_command, place, one) => {
      const { code, output } = place === 'start' ? { code: 0, output: demo.started } : results.get(one)!;
      expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
      for (const part of one.output.flatMap(promised)) expect(words(output)).toContain(part);
    },
  );

  it.each(['curl -s', 'npx --no-install isthmus query'])(
    'the line that the start prints answers: %s',
    async (begin) => {
      const line = demo.started.split('\n').find((one) => one.startsWith(begin))!;
      const { code, output } = await demo.run(line);
      expect({ code, refused: /"errors"|✘/.test(output) }).toEqual({ code: 0, refused: false });
      for (const source of ['police', 'property', 'telecom'])
        if (begin.startsWith('npx')) expect(output).toContain(source);
    },
  );

  it('npx finds the program by itself', async () => {
    const { code, output } = await demo.run(
      `cd ${JSON.stringify(ROOT)} && PATH=${JSON.stringify(process.env['PATH'] ?? '')} npx --no-install isthmus --help`,
    );
    expect(output).toContain('isthmus');
    expect(code).toBe(0);
  });
});

describe('the tables of both READMEs', () => {
  const block = (markdown: string, name: string): string =>
    new RegExp(`<!-- ${name}:begin[^]*?-->([^]*?)<!-- ${name}:end -->`).exec(markdown)?.[1] ?? '';
  const rows = (table: string): string[][] =>
    table
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2)
      .map((line) =>
        line
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  const code = (text: string): string => `\`${text}\``;
  const values = ({ choices, kind, min, max, secret }: SettingSpec, mark: string): string =>
    (choices ? choices.map(code).join(' ') : kind === 'integer' ? `${min}–${max}` : kind) + (secret ? mark : '');

  it.each([
    ['en', english, ' (secret)'],
    ['zh', chinese, '(秘密)'],
  ] as const)('settings are those of the program (%s)', (language, markdown, mark) => {
    expect(rows(block(markdown, 'settings'))).toEqual(
      (SETTINGS as readonly SettingSpec[]).map((spec) => [
        code(spec.name),
        spec[language],
        values(spec, mark),
        spec.fallback === null ? '' : code(spec.fallback),
      ]),
    );
  });

  it.each([
    ['en', english],
    ['zh', chinese],
  ] as const)('commands are those of the program (%s)', async (language, markdown) => {
    const program = await buildProgram(language, []);
    const names = program.commands.flatMap((one) =>
      one.commands.length ? one.commands.map((sub) => `${one.name()} ${sub.name()}`) : [one.name()],
    );
    expect(
      rows(block(markdown, 'commands'))
        .map(([name]) => name!)
        .sort(),
    ).toEqual(names.map(code).sort());
  });

  it.each([
    ['en', english],
    ['zh', chinese],
  ] as const)('metrics are those of the program (%s)', (language, markdown) => {
    const { list } = new Metrics({ processMetrics: false });
    expect(list.length).toBeGreaterThanOrEqual(15);
    const shownRows = rows(block(markdown, 'metrics'));
    expect(shownRows.map((row) => row.slice(0, 3))).toEqual(
      list.map(({ name, type, labels }) => [code(name), type, labels.map(code).join(' ')]),
    );
    if (language === 'en') expect(shownRows.map((row) => row[3])).toEqual(list.map(({ help }) => help));
  });

  it('both languages show the same commands in the same order', () => {
    const plain = (markdown: string): string[] =>
      commandsOf(markdown).map(({ place, shown: one }) => `${place} ${one.command}`);
    expect(plain(chinese)).toEqual(plain(english));
  });

  it.each([
    ['en', english],
    ['zh', chinese],
  ] as const)('every file and folder named by a link exists (%s)', (_, markdown) => {
    for (const [, target] of markdown.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) expect(() => page(target!)).not.toThrow();
  });
});
