import { holdsCitizenIdShape } from '../kernel/index.js';

/*
 * What may stand in a log: these fields, in these shapes, and nothing else. There is no free text. A Chinese name, an
 * address, an ID or phone number or a case number fits none of the shapes, so it cannot get in by mistake, whatever
 * field it is put into.
 */
const SHAPES = {
  /** A code of the catalogue, an SQL state, a GraphQL state. */
  code: (value: unknown) => typeof value === 'string' && /^[A-Z0-9][A-Z0-9_]{1,63}$/.test(value) && isHarmless(value),
  /** An id from configuration or code: source, stream, job, adapter, version, class, route. */
  name: (value: unknown) => typeof value === 'string' && /^[\w.,@/+-]{1,100}$/.test(value) && isHarmless(value),
  uuid: (value: unknown) => typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  /** Counts, times, numbers of rows and runs; shorter than any phone or ID number. */
  number: (value: unknown) => typeof value === 'number' && Math.abs(value) < 1e10,
  boolean: (value: unknown) => typeof value === 'boolean',
  /** Places in our own code: `file.js:12:3`. */
  frames: (value: unknown) =>
    Array.isArray(value) && value.every((item) => typeof item === 'string' && /^[\w./-]{1,120}:\d+:\d+$/.test(item)),
} as const;

type Shape = keyof typeof SHAPES;
interface ValueOf {
  code: string;
  name: string;
  uuid: string;
  number: number;
  boolean: boolean;
  frames: readonly string[];
}

export const LOG_FIELDS = {
  code: 'code',
  reason: 'code',
  state: 'code',
  sqlState: 'code',
  kind: 'name',
  origin: 'name',
  context: 'name',
  operation: 'name',
  operationId: 'uuid',
  job: 'name',
  final: 'boolean',
  attempt: 'number',
  source: 'name',
  stream: 'name',
  adapter: 'name',
  run: 'number',
  page: 'number',
  epoch: 'number',
  mode: 'name',
  field: 'name',
  row: 'number',
  count: 'number',
  read: 'number',
  stored: 'number',
  quarantined: 'number',
  balanced: 'boolean',
  ms: 'number',
  status: 'number',
  method: 'name',
  route: 'name',
  port: 'number',
  pid: 'number',
  role: 'name',
  version: 'name',
  backend: 'name',
  setting: 'name',
  migration: 'name',
  executor: 'name',
  subgraph: 'name',
  frames: 'frames',
} as const satisfies Record<string, Shape>;

export type LogFields = {
  -readonly [Field in keyof typeof LOG_FIELDS]?: ValueOf[(typeof LOG_FIELDS)[Field]] | undefined;
};

/** Runs of digits as long as a phone number are no id of ours. */
const isHarmless = (text: string): boolean =>
  !/\d{11}/.test(text.replace(/[-.,_/+@]/g, '')) && !holdsCitizenIdShape(text);

/** Keeps what may be logged; the rest is only counted, not even named. */
export function loggable(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  let dropped = 0;
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined || value === null) continue;
    const shape = Object.hasOwn(LOG_FIELDS, field) ? (LOG_FIELDS as Record<string, Shape>)[field] : undefined;
    if (shape !== undefined && SHAPES[shape](value)) kept[field] = value;
    else dropped += 1;
  }
  return dropped > 0 ? { ...kept, dropped } : kept;
}

/** An event's name as it is fixed in code, or `unnamed`. */
export const eventName = (text: string): string =>
  /^[a-z][a-z0-9-]{1,63}$/.test(text) && isHarmless(text) ? text : 'unnamed';

/** A label, or `other`: for places where a value must stand. */
export const harmlessName = (text: string): string => (SHAPES.name(text) ? text : 'other');
