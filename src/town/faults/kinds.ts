import type { SystemName } from '../home.js';

/** Twelve ways in which a vendor's next version differs from the one that the adapter was written for. */
export const DRIFTS = [
  ...['column-removed', 'column-renamed', 'column-added', 'type-changed', 'date-shape', 'unknown-code'],
  ...['null-required', 'key-changed', 'header-moved', 'nested-to-string', 'number-to-string', 'unit-changed'],
] as const;

/** Systems with an interface that answers questions: the police's is the look-up, its lists are files. */
const ANSWERING: readonly SystemName[] = ['property', 'telecom', 'police', 'civil'];
/** Faults of such an interface; a file does not have them. */
export const OF_ANSWERS: readonly string[] = [
  ...['latency', 'unavailable', 'cut', 'half-open', 'drip', 'credential', 'soap-error', 'soap-text'],
];

/** What can be wrong with a source, and the sources to which it can happen. */
export const FAULTS: Record<string, { systems: readonly SystemName[]; says: string }> = {
  latency: { systems: ANSWERING, says: 'answers after --ms (2000); police: of its look-up' },
  unavailable: {
    systems: ANSWERING,
    says: '503 with Retry-After --seconds (1); SQL: starting up',
  },
  cut: { systems: ANSWERING, says: 'the connection ends in the middle of an answer' },
  'half-open': { systems: ANSWERING, says: 'accepts and never answers' },
  drip: { systems: ANSWERING, says: 'one byte per second' },
  encoding: { systems: ['telecom', 'police', 'civil'], says: 'bytes of another encoding than announced' },
  truncated: {
    systems: ['telecom', 'police', 'civil'],
    says: 'the answer or file ends early, its length or marker lies',
  },
  'marker-without-file': { systems: ['police'], says: 'the marker is there, the file is not' },
  'soap-error': { systems: ['police', 'civil'], says: 'an error as an ordinary result with HTTP 200 (--code 01004)' },
  'soap-text': { systems: ['police', 'civil'], says: 'a sentence in place of the result, with HTTP 200' },
  credential: { systems: ANSWERING, says: 'the credential has expired' },
  'duplicate-pages': { systems: ['telecom', 'police', 'civil'], says: 'every second page (file: row) comes twice' },
  'out-of-order': { systems: ['telecom', 'police', 'civil'], says: 'rows in the opposite order' },
  ...Object.fromEntries(
    DRIFTS.map((drift) => [drift, { systems: systemsOf(drift), says: `schema drift: ${drift.replaceAll('-', ' ')}` }]),
  ),
};

function systemsOf(drift: (typeof DRIFTS)[number]): readonly SystemName[] {
  if (drift === 'header-moved') return ['police'];
  if (drift === 'nested-to-string') return ['telecom'];
  if (drift === 'number-to-string') return ['property', 'telecom', 'civil'];
  if (drift === 'unit-changed') return ['property', 'civil'];
  return ['property', 'telecom', 'police', 'civil'];
}

/** One fault that is in force. */
export interface Fault {
  id: number;
  source: SystemName;
  kind: string;
  /** Only this stream; all when absent. */
  stream?: string;
  /** Requests (property: questions) that still go well. */
  after: number;
  /** Requests that it strikes; all when absent. */
  times?: number;
  /** Milliseconds since 1970 when it ends by itself. */
  until?: number;
  ms: number;
  seconds: number;
  code: string;
}

/** Streams by the names that the lists have; `lookup` and `check` are the services that answer about one person. */
export const STREAMS: Record<SystemName, readonly string[]> = {
  property: ['rooms', 'owners', 'occupancies'],
  telecom: ['individuals', 'customers', 'products', 'check'],
  police: ['residents', 'households', 'lookup'],
  civil: ['assistance', 'marriages', 'check'],
};
