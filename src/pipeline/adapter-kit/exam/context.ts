import type { CompiledMapping, CompiledService, MappingDocument } from '../../conform/index.js';
import type { AdapterManifest, Page, SourceConnection, SourceRow, StreamManifest } from '../contract.js';
import { connectorOf } from '../connectors.js';
import { validateSettings } from '../manifest/validate-settings.js';
import type { ServiceManifest } from '../service-manifest.js';
import { PUSH_SECRETS } from '../push-manifest.js';
import { readFixtures, servable, type Fixtures } from './fixtures.js';
import { serviceUpstream, startUpstream, type ServiceUpstream, type Upstream } from './upstream/index.js';

/** One stream under examination. */
export interface StreamCase {
  name: string;
  manifest: StreamManifest;
  mapping: CompiledMapping;
  fixtures: Fixtures;
  /** Fixture rows the stand-in source serves. */
  rows: SourceRow[];
}

/** One look-up service under examination. */
export interface ServiceCase {
  name: string;
  manifest: ServiceManifest;
  compiled: CompiledService;
  fixtures: Fixtures;
}

/** Lets a test put a defect between the exam and the connection; an adapter with code of its own will come in here. */
export type Wrap = (connection: SourceConnection) => SourceConnection;

/** All that the rules look at. The stand-in source starts when the first rule asks for it. */
export class ExamContext {
  readonly streams: StreamCase[];
  readonly services: ServiceCase[];
  #upstream: Promise<Upstream> | undefined;
  #services: Promise<ServiceUpstream> | undefined;
  readonly #open: SourceConnection[] = [];

  constructor(
    readonly directory: string,
    readonly manifest: AdapterManifest,
    readonly document: MappingDocument,
    mappings: ReadonlyMap<string, CompiledMapping>,
    services: ReadonlyMap<string, CompiledService>,
    readonly signal: AbortSignal,
    private readonly wrap: Wrap,
  ) {
    this.streams = manifest.streams.map((stream) => {
      const mapping = mappings.get(stream.name)!;
      const fixtures = readFixtures(directory, stream.name);
      return {
        name: stream.name,
        manifest: stream,
        mapping,
        fixtures,
        rows: servable(stream, mapping, fixtures.input),
      };
    });
    this.services = (manifest.services ?? []).map((service) => ({
      name: service.name,
      manifest: service,
      compiled: services.get(service.name)!,
      fixtures: readFixtures(directory, service.name),
    }));
  }

  /** The stand-in source, serving every stream's fixture rows. */
  async source(): Promise<Upstream> {
    const upstream = await this.#start();
    for (const stream of this.streams) await upstream.serve(stream.name, stream.rows);
    return upstream;
  }

  /** The stand-in of an on-demand source; until told otherwise, services say that they have nothing, or where there is no word for it their first fixture. */
  serviceSource(): Promise<ServiceUpstream> {
    return (this.#services ??= serviceUpstream(this.manifest).then((upstream) => {
      for (const { name, fixtures } of this.services)
        if (!upstream.hasNothing(name)) upstream.say(name, { kind: 'row', row: fixtures.input[0] ?? {} });
      return upstream;
    }));
  }

  #start(): Promise<Upstream> {
    return (this.#upstream ??=
      this.manifest.kind === 'on-demand' ? this.serviceSource() : startUpstream(this.manifest, this.directory));
  }

  /** A connection to the stand-in source, with its own or with refused settings. */
  async open(which: 'settings' | 'refused' = 'settings'): Promise<SourceConnection> {
    const upstream = await this.#start();
    const connector = connectorOf(upstream.manifest);
    const connection = this.wrap(
      await connector.open(
        upstream.manifest,
        validateSettings(upstream.manifest, { ...pushSecretsOf(this.manifest), ...upstream[which] }),
      ),
    );
    this.#open.push(connection);
    return connection;
  }

  async pages(
    connection: SourceConnection,
    stream: string,
    pageSize: number,
    checkpoint: string | null = null,
  ): Promise<Page[]> {
    const pages: Page[] = [];
    for await (const page of connection.read({ stream, checkpoint, pageSize, signal: this.signal })) {
      pages.push(page);
      if (pages.length > MOST_PAGES) throw new Error('the scan does not end');
    }
    return pages;
  }

  async close(): Promise<void> {
    for (const connection of this.#open) await connection.close().catch(() => undefined);
    await (await this.#upstream)?.close();
  }
}

const MOST_PAGES = 10_000;

/** The exam pushes nothing, but a source of a pushed stream is none without its secret. */
const pushSecretsOf = ({ streams }: AdapterManifest): Record<string, string> =>
  Object.fromEntries(streams.flatMap(({ push }) => (push ? [[PUSH_SECRETS[push.form].name, 'exam-push-secret']] : [])));
