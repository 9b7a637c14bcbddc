import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { freePort } from '../../src/platform/embedded-postgres/index.js';
import { DIST, ROOT } from './built.js';
import { until } from './until.js';

/** The parts of a compose file that say what runs. */
export interface Service {
  image?: string;
  command: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  ports?: string[];
  deploy?: { replicas: number };
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}

export interface Topology {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
}

/** `deploy/compose.yaml` with its anchors and merges resolved. */
export const composeFile = (): Topology =>
  parse(readFileSync(join(ROOT, 'deploy', 'compose.yaml'), 'utf8'), { merge: true }) as Topology;

/**
 * The image as a directory: the paths that the Dockerfile copies into it, and the entry it starts. Packages are those
 * of the tree.
 */
export function imageDirectory(home: string): { directory: string; entry: string[] } {
  const text = readFileSync(join(ROOT, 'deploy', 'Dockerfile'), 'utf8');
  const directory = join(home, 'image');
  mkdirSync(directory);
  for (const [, path] of text.matchAll(/^COPY --from=build \/app\/(\S+) \.\/\S+$/gm)) {
    if (path === 'node_modules') symlinkSync(join(ROOT, 'node_modules'), join(directory, path));
    else {
      const from = path === 'dist' ? DIST : join(ROOT, path!);
      cpSync(from, join(directory, path!), { recursive: true, filter: (file) => file !== join(DIST, 'test') });
    }
  }
  return { directory, entry: JSON.parse(/^ENTRYPOINT (\[.*\])$/m.exec(text)![1]!) as string[] };
}

/** What stands for a container's names and paths on this machine. */
export type Substitutes = readonly (readonly [inContainer: string | RegExp, here: string])[];

const substituted = (text: string, substitutes: Substitutes): string =>
  substitutes.reduce((one, [from, to]) => one.replaceAll(from as string, to), text);

/** One container of a service as a process of its own. */
export class Container {
  readonly child: ChildProcess;
  readonly exited: Promise<number | string>;
  output = '';

  constructor(
    readonly name: string,
    command: readonly string[],
    readonly environment: Record<string, string>,
    directory: string,
    /** Port of its /readyz; null where it has none. */
    readonly port: number | null,
  ) {
    const [program, ...words] = command as [string, ...string[]];
    this.child = spawn(program === 'node' ? process.execPath : program, words, {
      cwd: directory,
      env: { PATH: process.env['PATH'] ?? '', HOME: directory, NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.exited = new Promise((done) => this.child.once('exit', (code, signal) => done(signal ?? code ?? 0)));
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.setEncoding('utf8').on('data', (part: string) => (this.output = (this.output + part).slice(-20_000)));
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What the service's health check asks. */
  async healthy(seconds = 240): Promise<void> {
    await until(
      `${this.name} to be healthy`,
      async () => {
        if (!this.running) throw new Error(`${this.name} has ended:\n${this.output}`);
        const answer = await fetch(`${this.url}/readyz`).catch(() => null);
        return answer?.ok;
      },
      { seconds, everyMs: 200 },
    );
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.running) this.child.kill(signal);
    await this.exited;
  }
}

/** Turns services of the file into processes on this machine. */
export class Compose {
  readonly file = composeFile();
  readonly containers: Container[] = [];
  readonly #image: { directory: string; entry: string[] };
  readonly #substitutes: [string | RegExp, string][];

  constructor(
    private readonly home: string,
    /** Settings that a test needs otherwise than a deployment does. */
    private readonly overrides: Record<string, string> = {},
  ) {
    this.#image = imageDirectory(home);
    mkdirSync(join(home, 'secrets'), { mode: 0o700 });
    this.#substitutes = [
      ['/run/secrets/', `${join(home, 'secrets')}/`],
      [/^\/keys$/g, join(home, 'keys')],
      [/^0\.0\.0\.0$/g, '127.0.0.1'],
    ];
  }

  secret(name: string, value: string): void {
    if (!(name in this.file.secrets)) throw new Error(`the file has no secret ${name}`);
    writeFileSync(join(this.home, 'secrets', name), value, { mode: 0o600 });
  }

  /** Reads a file that a service's setting names. */
  secretOf(service: string, setting: string): string {
    return readFileSync(this.#environment(service)[setting]!, 'utf8');
  }

  service(name: string): Service {
    return this.file.services[name]!;
  }

  /** Starts every replica of one of our services; with `words` one command in its place, as `run --rm` does. */
  async up(name: string, words?: readonly string[]): Promise<Container[]> {
    const service = this.service(name);
    const started: Container[] = [];
    for (let replica = 1; replica <= (service.deploy?.replicas ?? 1); replica++) {
      const environment = this.#environment(name);
      const data = join(this.home, `${name}-${replica}-data`);
      if (environment['ISTHMUS_DATA_DIR']) environment['ISTHMUS_DATA_DIR'] = data;
      if (!existsSync(data)) mkdirSync(data, { mode: 0o700 });
      const port = await freePort();
      for (const setting of ['PORT', 'ISTHMUS_PROBE_PORT']) if (environment[setting]) environment[setting] = `${port}`;
      const command = [...this.#image.entry, ...(words ?? service.command)];
      const one = new Container(`${name}-${replica}`, command, environment, this.#image.directory, port);
      started.push(one);
      this.containers.push(one);
    }
    return started;
  }

  /** Starts a service of another image: its command names a program of this machine; `adapt` gives it a port. */
  upOther(name: string, adapt: (word: string) => string): Container {
    // Compose reads $$ as $.
    const words = this.service(name).command.map((word) => substituted(word, this.#substitutes).replaceAll('$$', '$'));
    const one = new Container(name, words.map(adapt), {}, this.home, null);
    this.containers.push(one);
    return one;
  }

  async down(): Promise<void> {
    await Promise.all(this.containers.map((one) => one.stop()));
  }

  #environment(name: string): Record<string, string> {
    const all = Object.entries(this.service(name).environment ?? {}).map(
      ([setting, value]) => [setting, substituted(String(value), this.#substitutes)] as const,
    );
    return { ...Object.fromEntries(all), ...this.overrides };
  }
}
