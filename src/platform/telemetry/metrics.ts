import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { harmlessName } from './log-fields.js';

/** Bounds in s around the targets: a resident in 5 ms, a page well under a second. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Labels are ids from configuration, codes and states: never anything taken from a record or a request. */
type Labels<Name extends string> = Readonly<Record<Name, string>>;

/** One line of the list of metrics. */
export interface MetricSpec {
  name: string;
  type: 'counter' | 'gauge' | 'histogram';
  labels: readonly string[];
  help: string;
}

/** All metrics of a process, by name. A metric is written where the thing happens; gauges are filled at the scrape. */
export class Metrics {
  readonly registry = new Registry();
  readonly #fillers: (() => Promise<void>)[] = [];
  /** What there is, in the order of this file; those of the process itself left out. */
  readonly list: MetricSpec[] = [];

  readonly httpRequests = this.#counter('http_requests_total', 'HTTP requests answered', ['route', 'status']);
  readonly operations = this.#counter('graph_operations_total', 'GraphQL operations ended', ['role', 'outcome']);
  readonly operationSeconds = this.#histogram('graph_operation_seconds', 'Time of a GraphQL operation', ['outcome']);
  readonly refusals = this.#counter('graph_refusals_total', 'Operations refused, by error code', ['code']);
  readonly evidenceRows = this.#counter('evidence_rows_total', 'Evidence rows of the graph', ['code']);
  readonly syncRecords = this.#counter('sync_records_total', 'Source records by what became of them', [
    'source',
    'outcome',
  ]);
  readonly syncRuns = this.#counter('sync_runs_total', 'Sync runs ended', ['source', 'state']);
  readonly pageSeconds = this.#histogram('sync_page_seconds', 'Time of one page transaction', ['source']);
  readonly jobFailures = this.#counter('queue_failures_total', 'Jobs that failed', ['job', 'final']);
  readonly queueHealed = this.#counter('queue_healed_total', 'Times the store of the queue was made anew', []);
  readonly sourceUp = this.#gauge('source_up', '1 when the last check of a source succeeded', ['source']);
  readonly sourceLag = this.#gauge('source_lag_seconds', 'Age of a source’s data', ['source']);
  readonly breakerOpen = this.#gauge('source_breaker_open', '1 while a source is not asked or only probed', ['source']);
  readonly sourceRequests = this.#gauge('source_requests_hour', 'Requests made to a source this hour', [
    'source',
    'outcome',
  ]);
  readonly quarantined = this.#gauge('quarantine_rows', 'Rows in quarantine', ['source']);
  readonly outbox = this.#gauge('change_outbox_rows', 'Changes not yet linked', []);
  readonly jobs = this.#gauge('queue_jobs', 'Jobs waiting, running and put off', ['job', 'state']);
  readonly lineage = this.#counter('lineage_events_total', 'Run events told to the lineage collector', ['outcome']);
  readonly build = this.#gauge('build_info', 'Always 1; the version is the label', ['version']);

  /** @param processMetrics CPU, memory and event-loop lag of the process as well. */
  constructor({ processMetrics = true }: { processMetrics?: boolean } = {}) {
    if (processMetrics) collectDefaultMetrics({ register: this.registry });
  }

  /** Runs before each scrape, to fill gauges from the database or the queue. Its failure costs only its own gauges. */
  beforeScrape(fill: () => Promise<void>): void {
    this.#fillers.push(fill);
  }

  /** The text of a scrape (Prometheus exposition format). */
  async render(): Promise<{ contentType: string; text: string }> {
    await Promise.allSettled(this.#fillers.map((fill) => fill()));
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  #spec<Name extends string>(type: MetricSpec['type'], short: string, help: string, labelNames: Name[]) {
    const name = `isthmus_${short}`;
    this.list.push({ name, type, labels: labelNames, help });
    return { name, help, labelNames, registers: [this.registry] };
  }

  #counter<Name extends string>(name: string, help: string, labelNames: Name[]) {
    const metric = new Counter(this.#spec('counter', name, help, labelNames));
    return { add: (labels: Labels<Name>, count = 1): void => metric.inc(clean(labels), count) };
  }

  #gauge<Name extends string>(name: string, help: string, labelNames: Name[]) {
    const metric = new Gauge(this.#spec('gauge', name, help, labelNames));
    return {
      set: (labels: Labels<Name>, value: number): void => metric.set(clean(labels), value),
      /** Before a filler sets them all anew, so that a removed source does not stay. */
      clear: (): void => metric.reset(),
    };
  }

  #histogram<Name extends string>(name: string, help: string, labelNames: Name[]) {
    const metric = new Histogram({ ...this.#spec('histogram', name, help, labelNames), buckets: SECONDS });
    return { observe: (labels: Labels<Name>, seconds: number): void => metric.observe(clean(labels), seconds) };
  }
}

const clean = <Name extends string>(labels: Labels<Name>): Record<Name, string> =>
  Object.fromEntries(Object.entries<string>(labels).map(([name, value]) => [name, harmlessName(value)])) as Record<
    Name,
    string
  >;
