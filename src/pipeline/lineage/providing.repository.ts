import type { Queryable } from '../../governance/identity/index.js';
import {
  readSources,
  sourceState,
  type Providing,
  type ShareMode,
  type SourceFacts,
} from '../../governance/registry/index.js';
import { ENTITY_NAMES } from '../../standard/index.js';
import { durationMs, type AdapterManifest, type StreamManifest } from '../adapter-kit/index.js';
import { mappedFields, parseAdapter, type MappingDocument } from '../conform/index.js';

/** Records are counted up to here; the catalogue says how large a resource is, not more. */
const COUNT_CAP = 1_000_000;
const MODES: Readonly<Record<string, ShareMode>> = { sql: 'DATABASE', file: 'FILE', http: 'API', soap: 'API' };
const FORMATS: Readonly<Record<string, string>> = { sql: '库表 table', http: 'JSON', soap: 'XML (SOAP)' };

interface Row {
  source: string;
  hash: string;
  manifest: Buffer;
  mapping: Buffer;
}

/**
 * What each replicating source provides of each entity: fields from its mapping, cycle from schedule and promised delivery,
 * state and age from its runs. Live records are those of the latest run that counted, of all streams that fill the entity.
 */
export async function readProviding(tx: Queryable, now: Date): Promise<Providing[]> {
  const sources = await readSources(tx);
  const { rows } = await tx.query<Row>(
    `SELECT s.id AS source, a.hash, a.manifest, a.mapping FROM control.source s JOIN control.adapter a ON a.hash = s.adapter_hash
      WHERE s.removed_at IS NULL AND s.kind = 'replicating' ORDER BY s.id`,
  );
  const counts = await liveRecords(tx);
  return rows.flatMap((row) => {
    const facts = sources.find(({ id }) => id === row.source);
    return facts ? providingOf(facts, row, counts, now) : [];
  });
}

function providingOf(facts: SourceFacts, row: Row, counts: ReadonlyMap<number, number>, now: Date): Providing[] {
  const { manifest, mapping } = adapterOf(row);
  const filled = mappedFields(mapping).filter(({ stream }) => manifest.streams.some(({ name }) => name === stream));
  return ENTITY_NAMES.flatMap((entity) => {
    const mine = filled.filter((one) => one.entity === entity);
    if (mine.length === 0) return [];
    const names = new Set(mine.map(({ stream }) => stream));
    const declared = manifest.streams.filter(({ name }) => names.has(name));
    const streams = facts.streams.filter(({ name }) => names.has(name));
    const records = streams.reduce((sum, { stream }) => sum + (counts.get(stream) ?? 0), 0);
    return {
      source: facts.id,
      domain: facts.domain,
      entity,
      fields: [...new Set(mine.map(({ field }) => field))],
      shareMode: declared.some(({ mode }) => mode === 'push') ? 'API' : (MODES[manifest.connector] ?? 'API'),
      format: [...new Set(declared.map((stream) => formatOf(manifest, stream)))].join(', '),
      pushed: declared.some(({ mode }) => mode === 'push'),
      everySeconds: everySeconds(facts, manifest, declared),
      live: {
        state: sourceState(facts, now),
        asOf: oldest(streams.map(({ asOf }) => asOf)),
        records: Math.min(records, COUNT_CAP),
        recordsCapped: records > COUNT_CAP,
      },
    };
  });
}

/** An adapter stored by its hash never changes: it is parsed once. */
const parsed = new Map<string, { manifest: AdapterManifest & Record<string, unknown>; mapping: MappingDocument }>();
function adapterOf({ hash, manifest, mapping }: Row) {
  let found = parsed.get(hash);
  if (!found) {
    const adapter = parseAdapter<AdapterManifest & Record<string, unknown>>(manifest, mapping);
    parsed.set(hash, (found = { manifest: adapter.manifest, mapping: adapter.mapping as MappingDocument }));
  }
  return found;
}

const fileOf = (stream: StreamManifest) => stream.file as { format?: string; expectedEvery?: string } | undefined;

const formatOf = (manifest: AdapterManifest, stream: StreamManifest): string =>
  stream.mode === 'push'
    ? `JSON (${stream.push?.form ?? 'push'})`
    : (FORMATS[manifest.connector] ?? fileOf(stream)?.format ?? manifest.connector).replace(/^[a-z]+$/, (word) =>
        word.toUpperCase(),
      );

/** Data are as new as the slower of looking and delivering. */
function everySeconds(
  facts: SourceFacts,
  manifest: Record<string, unknown>,
  streams: readonly StreamManifest[],
): number | null {
  const promised = streams
    .map((stream) => fileOf(stream)?.expectedEvery ?? manifest.expectedEvery)
    .flatMap((text) => (typeof text === 'string' ? durationMs(text) / 1_000 : []));
  const known = [...promised, ...(facts.scheduleSeconds === null ? [] : [facts.scheduleSeconds])];
  return known.length === 0 ? null : Math.max(...known);
}

const oldest = (times: readonly (Date | null)[]): Date | null =>
  times.length === 0 || times.includes(null)
    ? null
    : times.reduce((least, time) => (time! < least! ? time : least), times[0]!);

async function liveRecords(tx: Queryable): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ stream: number; live: string }>(
    `SELECT t.id AS stream, l.live FROM control.stream t
       JOIN LATERAL (
         SELECT coalesce(r.live_after, r.live_before + r.created + r.revived - r.deleted_by_message - r.deleted_by_absence) AS live
           FROM control.sync_run r WHERE r.source = t.source AND r.stream = t.id AND r.live_before IS NOT NULL
          ORDER BY r.id DESC LIMIT 1) l ON true`,
  );
  return new Map(rows.map(({ stream, live }) => [stream, Number(live)]));
}
