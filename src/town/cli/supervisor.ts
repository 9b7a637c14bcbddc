import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { SYSTEMS, writeJson, type Home, type Settings, type SystemName } from '../home.js';
import { say } from '../progress.js';
import { isAlive, startChild, stopProcess, type Child } from './child.js';
import { writeTownFile } from './town-file.js';

/** Starts the four systems, keeps their addresses written down, and stops them with itself. A system that ends stays ended. */
export class Supervisor {
  private readonly children = new Map<SystemName, Child>();
  private readonly processes = new Set<ChildProcess>();
  private ending = false;
  private reviving: Promise<void> | null = null;

  constructor(
    private readonly home: Home,
    private readonly settings: Settings,
  ) {}

  /** Starts every system that does not run, and writes `town.json` when all answer. */
  revive(): Promise<void> {
    this.reviving ??= this.startMissing().finally(() => (this.reviving = null));
    return this.reviving;
  }

  private async startMissing(): Promise<void> {
    const missing = SYSTEMS.filter((name) => {
      const child = this.children.get(name);
      return child === undefined || !isAlive(child);
    });
    await Promise.all(missing.map((name) => this.startOne(name)));
    this.keepPorts();
    writeTownFile(this.home, this.settings, this.children);
  }

  private async startOne(name: SystemName): Promise<void> {
    const { process: child, ready } = startChild(this.home, name);
    this.processes.add(child);
    const running = await ready;
    this.children.set(name, running);
    say(name, running.port === 0 ? 'answers' : `answers on port ${running.port}`);
    void running.exited.then((why) => {
      this.processes.delete(child);
      if (!this.ending) say(name, `is gone (${why}); the others go on, \`town start\` revives it`);
    });
  }

  private keepPorts(): void {
    const { ports } = this.settings;
    for (const name of SYSTEMS) ports[name] = this.children.get(name)!.port;
    writeJson(this.home.settings, this.settings);
  }

  async stop(): Promise<void> {
    this.ending = true;
    rmSync(this.home.town, { force: true });
    rmSync(this.home.faults, { force: true });
    await Promise.all([...this.processes].map(stopProcess));
    rmSync(this.home.supervisor, { force: true });
  }
}
