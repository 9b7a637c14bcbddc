import { readSources, sourceAsOf, sourceState, type SourceState } from '../../../governance/registry/index.js';
import { type Clock, systemClock } from '../../../platform/kernel/index.js';
import { ENTITIES, type EntityName } from '../../../standard/index.js';
import type { GraphTx } from '../../graph/index.js';

/** How the source behind a stored value stands. */
export interface Origin {
  source: string;
  domain: string;
  state: SourceState;
  /** Start of the last good run of the stream; of the source's oldest stream when asked by source. */
  asOf: Date | null;
}

/** Only an OK source vouches that what is stored is what it has now. */
export const isStale = ({ state }: Origin): boolean => state !== 'OK';

/** A source that cannot be asked, or never was: what is missing here may exist there. */
export const isUnavailable = ({ state }: Origin): boolean =>
  state === 'DOWN' || state === 'NEVER_SYNCED' || state === 'SUSPENDED';

const GONE: Omit<Origin, 'asOf'> = { source: 'removed', domain: '', state: 'SUSPENDED' };

/** All sources at one moment, by stream and by domain. */
export class SourceDirectory {
  constructor(
    private readonly streams: ReadonlyMap<number, Origin>,
    private readonly sources: readonly Origin[],
  ) {}

  stream(id: number): Origin {
    return this.streams.get(id) ?? { ...GONE, asOf: null };
  }

  /** The sources that could say something about an entity: those in the domains of its stewards. */
  providing(entity: EntityName): Origin[] {
    const domains = new Set<string>(ENTITIES[entity].fields.flatMap(({ steward }) => steward));
    return this.sources.filter(({ domain }) => domains.has(domain));
  }
}

/**
 * The directory, read at most once a second: states change when a run ends or a check (every 30 s) does, and
 * one second late only ever makes an answer look older than it is.
 */
export class SourceStates {
  private known: { at: number; directory: Promise<SourceDirectory> } | null = null;

  constructor(
    private readonly clock: Clock = systemClock,
    private readonly rememberMs = 1_000,
  ) {}

  read(tx: GraphTx): Promise<SourceDirectory> {
    const now = this.clock.now();
    if (this.known && now.getTime() - this.known.at < this.rememberMs) return this.known.directory;
    const directory = readDirectory(tx, now);
    this.known = { at: now.getTime(), directory };
    directory.catch(() => (this.known = null));
    return directory;
  }
}

async function readDirectory(tx: GraphTx, now: Date): Promise<SourceDirectory> {
  const streams = new Map<number, Origin>();
  const sources: Origin[] = [];
  for (const facts of await readSources(tx)) {
    const origin = { source: facts.id, domain: facts.domain, state: sourceState(facts, now) };
    for (const { stream, asOf } of facts.streams) streams.set(stream, { ...origin, asOf });
    sources.push({ ...origin, asOf: sourceAsOf(facts) });
  }
  return new SourceDirectory(streams, sources);
}
