import { lookupAccount } from '../systems/credentials.js';
import { dateOf, readClock } from '../clock.js';
import { writeJson, type Home, type Settings, type SystemName } from '../home.js';
import { DATABASE, READER } from '../systems/property/fill.js';
import type { Child } from './child.js';

export interface TownFile {
  seed: number;
  people: number;
  asOf: string;
  /** The town's main process. */
  supervisor: number;
  /** The four systems' processes. */
  pids: number[];
  processes: Record<SystemName, number>;
  sources: Record<SystemName, { adapter: string; settings: Record<string, unknown> }>;
  /** Services of the same systems that only look up. */
  lookups: Record<string, { adapter: string; settings: Record<string, unknown> }>;
}

/** Where the three look-up services are, and what opens them. */
function lookups(settings: Settings, port: (name: SystemName) => number): TownFile['lookups'] {
  const { passwords } = settings;
  return {
    'police-lookup': {
      adapter: 'police-lookup',
      settings: {
        endpoint: `http://127.0.0.1:${port('police')}/services/HzWebService`,
        ...lookupAccount(settings),
      },
    },
    'telecom-check': {
      adapter: 'telecom-check',
      settings: { baseUrl: `http://127.0.0.1:${port('telecom')}`, token: passwords.telecomToken },
    },
    'civil-marriage-check': {
      adapter: 'civil-marriage-check',
      settings: {
        endpoint: `http://127.0.0.1:${port('civil')}/services/MarryCheck`,
        ...{ userId: passwords.civilUser, passWord: passwords.civilPassword },
      },
    },
  };
}

/** Writes `town.json`: how each system is reached. Its presence says that the four have answered. */
export function writeTownFile(home: Home, settings: Settings, children: ReadonlyMap<SystemName, Child>): void {
  const port = (name: SystemName): number => children.get(name)!.port;
  const pid = (name: SystemName): number => children.get(name)!.process.pid!;
  const { passwords } = settings;
  const processes = {
    ...{ property: pid('property'), telecom: pid('telecom') },
    ...{ police: pid('police'), civil: pid('civil') },
  };
  const file: TownFile = {
    ...{ seed: settings.seed, people: settings.people, asOf: dateOf(readClock(home).day), supervisor: process.pid },
    pids: Object.values(processes),
    processes,
    sources: {
      property: {
        adapter: 'property-microcommunity',
        settings: {
          ...{ engine: 'postgresql', host: '127.0.0.1', port: port('property'), database: DATABASE },
          ...{ user: READER, password: passwords.propertyReader },
        },
      },
      telecom: {
        adapter: 'telecom-tmforum',
        settings: { baseUrl: `http://127.0.0.1:${port('telecom')}/tmf-api`, token: passwords.telecomToken },
      },
      police: { adapter: 'police-household', settings: { directory: home.drop } },
      civil: {
        adapter: 'civil-affairs',
        settings: {
          endpoint: `http://127.0.0.1:${port('civil')}/services/SamDataExchange`,
          marryEndpoint: `http://127.0.0.1:${port('civil')}/services/DataExChangeMarry`,
          ...{ userId: passwords.civilUser, passWord: passwords.civilPassword },
        },
      },
    },
    lookups: lookups(settings, port),
  };
  writeJson(home.town, file);
}
