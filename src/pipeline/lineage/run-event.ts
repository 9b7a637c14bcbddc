import { createHash } from 'node:crypto';
import { speak } from '../../platform/messages/index.js';
import { ENTITIES, type EntityName } from '../../standard/index.js';
import type { RunFacts } from './run-facts.js';

export type EventType = 'START' | 'COMPLETE' | 'FAIL' | 'ABORT';

/** A run event of OpenLineage 2-0-2. */
export interface RunEvent {
  eventType: EventType;
  eventTime: string;
  producer: string;
  schemaURL: string;
  run: { runId: string; facets: Facets };
  job: { namespace: string; name: string; facets: Facets };
  inputs: Dataset[];
  outputs: Dataset[];
}

export interface Dataset {
  namespace: string;
  name: string;
  facets: Facets;
  inputFacets?: Facets;
  outputFacets?: Facets;
}

type Facets = Record<string, Record<string, unknown> & { _producer: string; _schemaURL: string }>;

/** Where an event comes from. */
export interface Deployment {
  /** UUID made with the database. */
  id: string;
  /** Of the program. */
  version: string;
}

const SPEC = 'https://openlineage.io/spec';

/**
 * Tells of one run: job `source.stream`, the source's stream as input, the tables it fills as outputs, their fields and
 * which is made from which. An end also says what was counted and, where it went wrong, the code and its sentence.
 */
export function runEvent(type: EventType, at: Date, facts: RunFacts, deployment: Deployment): RunEvent {
  const producer = `urn:isthmus:gateway:${deployment.version}`;
  const facet = (schema: string, words: object) => ({ _producer: producer, _schemaURL: schema, ...words });
  const standard = (version: string, name: string, words: object) =>
    facet(`${SPEC}/facets/${version}/${name}.json#/$defs/${name}`, words);
  const namespace = `isthmus-${deployment.id.slice(0, 8)}`;
  const input = { namespace: `${namespace}/${facts.source}`, name: facts.stream };
  const ended = type !== 'START';
  const { counts } = facts;
  const entities = [...new Set([facts.entity, ...facts.fields.map(({ entity }) => entity)])];
  const fieldsOf = (entity: EntityName) => facts.fields.filter((one) => one.entity === entity);
  return {
    eventType: type,
    eventTime: at.toISOString(),
    producer,
    schemaURL: `${SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
    run: {
      runId: runId(deployment.id, facts.run),
      facets: {
        processing_engine: standard('1-1-1', 'ProcessingEngineRunFacet', {
          version: deployment.version,
          name: 'Isthmus',
        }),
        ...(ended && {
          isthmus_statement: facet('urn:isthmus:facet:statement:1', {
            run: facts.run,
            state: facts.state,
            mode: facts.mode,
            balanced: facts.balanced ?? false,
            ...counts,
            ...(facts.liveAfter !== null && { liveAfter: facts.liveAfter }),
            ...(facts.origin && { origin: facts.origin }),
            ...(facts.code && { code: facts.code }),
          }),
        }),
        ...(type === 'FAIL' && {
          errorMessage: standard('1-0-1', 'ErrorMessageRunFacet', {
            message: sentence(facts),
            programmingLanguage: 'JavaScript',
          }),
        }),
      },
    },
    job: {
      namespace,
      name: `${facts.source}.${facts.stream}`,
      facets: {
        jobType: standard('2-0-3', 'JobTypeJobFacet', {
          processingType: 'BATCH',
          integration: 'ISTHMUS',
          jobType: 'SYNC',
        }),
        isthmus_adapter: facet('urn:isthmus:facet:adapter:1', {
          adapter: facts.adapter,
          adapterVersion: facts.adapterVersion,
          mappingVersion: facts.mappingVersion,
        }),
      },
    },
    inputs: [
      {
        ...input,
        facets: {
          schema: standard('1-1-1', 'SchemaDatasetFacet', {
            fields: [...new Set(facts.fields.flatMap(({ from }) => from))].map((name) => ({ name })),
          }),
        },
        ...(ended && {
          inputFacets: {
            inputStatistics: standard('1-0-0', 'InputStatisticsInputDatasetFacet', { rowCount: counts.read }),
          },
        }),
      },
    ],
    outputs: entities.map((entity) => ({
      namespace: `${namespace}/store`,
      name: `data.${ENTITIES[entity].table}`,
      facets: {
        schema: standard('1-1-1', 'SchemaDatasetFacet', {
          fields: ENTITIES[entity].fields.map(({ name, type: kind, description }) => ({
            name,
            type: kind,
            description,
          })),
        }),
        columnLineage: standard('1-2-0', 'ColumnLineageDatasetFacet', {
          fields: Object.fromEntries(
            fieldsOf(entity).map(({ field, from }) => [
              field,
              { inputFields: from.map((name) => ({ ...input, field: name })) },
            ]),
          ),
        }),
      },
      // Only the stream's own records are counted one by one; what comes with them is replaced as a set.
      ...(ended &&
        entity === facts.entity && {
          outputFacets: {
            outputStatistics: standard('1-0-2', 'OutputStatisticsOutputDatasetFacet', {
              rowCount: counts.created + counts.updated + counts.revived,
            }),
          },
        }),
    })),
  };
}

const sentence = ({ code, params }: RunFacts): string => {
  const spoken = speak(code ?? 'INTERNAL', 'en', params);
  return `${spoken.code}: ${spoken.text}`;
};

/** The same run of the same deployment always has the same UUID (version 8: made of a digest). */
function runId(deployment: string, run: number): string {
  const bytes = createHash('sha256').update(`${deployment}:${run}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
