/** The floors of the house from the ground up, and the rooms of each in order. A new room is added here, in its place. */
export const FLOORS: readonly (readonly [floor: string, rooms: readonly string[]])[] = [
  [
    'platform',
    ['kernel', 'sheets', 'messages', 'config', 'telemetry', 'embedded-postgres', 'database', 'keys', 'queue', 'ledger'],
  ],
  ['standard', ['']],
  ['governance', ['identity', 'registry', 'policy']],
  [
    'pipeline',
    [
      'conform',
      'adapter-kit',
      'store',
      'push',
      'sync',
      'lineage',
      'desk',
      'on-demand',
      'link',
      'unify',
      'retire',
      'rekey',
    ],
  ],
  ['access', ['graph', 'push', 'audit', 'subgraphs', 'console']],
  ['town', ['']],
  ['app', ['']],
];

/** The town shares no decoder or mapping with the gateway: only these rooms. */
export const TOWN_MAY_IMPORT = ['platform/kernel', 'platform/embedded-postgres'];

/** Rooms without database, queue or framework, with the packages they may not touch. */
export const PURE_ROOMS = ['standard', 'pipeline/conform'];
export const IMPURE_PACKAGES = /^(pg|typeorm|bullmq|ioredis|@nestjs\/|express|mysql2)/;

export interface Room {
  /** `floor/room`, or the floor alone where it is one room. */
  name: string;
  floor: number;
  rank: number;
}

/** The room of a file path below `src`. @returns null for a folder that the house does not know. */
export function roomOf(path: string): Room | null {
  const [floorName, second = ''] = path.split('/');
  const floor = FLOORS.findIndex(([name]) => name === floorName);
  if (floor < 0) return null;
  const rooms = FLOORS[floor]![1];
  if (rooms.length === 1 && rooms[0] === '') return { name: floorName!, floor, rank: 0 };
  const rank = rooms.indexOf(second);
  return rank < 0 ? null : { name: `${floorName}/${second}`, floor, rank };
}
