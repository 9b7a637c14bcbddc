import { statSync } from 'node:fs';
import { readJson, writeJson, type Home, type SystemName } from '../home.js';
import type { Fault } from './kinds.js';

interface FaultFile {
  /** Counts up with every change, so that a reader can say which state it has taken over. */
  version: number;
  faults: Fault[];
}

export const readFaults = (home: Home): FaultFile => readJson<FaultFile>(home.faults) ?? { version: 0, faults: [] };

/** Replaces the faults in force. @returns the version of the new state. */
export function writeFaults(home: Home, faults: Fault[]): number {
  const version = readFaults(home).version + 1;
  writeJson(home.faults, { version, faults });
  return version;
}

/** What a running system knows of the faults that were ordered for it; it looks at the file before every answer. */
export class FaultBook {
  private stamp = '';
  private file: FaultFile = { version: 0, faults: [] };
  private readonly seen = new Map<number, number>();

  constructor(
    private readonly home: Home,
    private readonly system: SystemName,
  ) {}

  /** The faults of this system that are in force now, oldest first. */
  inForce(): Fault[] {
    this.look();
    const now = Date.now();
    return this.file.faults.filter((fault) => fault.source === this.system && (fault.until ?? Infinity) > now);
  }

  get version(): number {
    this.look();
    return this.file.version;
  }

  /**
   * The faults that strike this request. Each asking counts, so ask once a request.
   *
   * @param stream the stream asked for; null for a request that belongs to none.
   */
  strike(stream: string | null): Fault[] {
    return this.inForce().filter((fault) => {
      if (fault.stream !== undefined && fault.stream !== stream) return false;
      const turn = this.seen.get(fault.id) ?? 0;
      this.seen.set(fault.id, turn + 1);
      return turn >= fault.after && turn < fault.after + (fault.times ?? Infinity);
    });
  }

  private look(): void {
    const stat = statSync(this.home.faults, { throwIfNoEntry: false });
    const stamp = stat === undefined ? '' : `${stat.ino}/${stat.mtimeMs}/${stat.size}`;
    if (stamp === this.stamp) return;
    this.stamp = stamp;
    this.file = stamp === '' ? { version: 0, faults: [] } : (readJson<FaultFile>(this.home.faults) ?? this.file);
  }
}
