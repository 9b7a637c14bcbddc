import {
  credentialEnd,
  openSource,
  ranOutOfTime,
  validateManifest,
  type AdapterManifest,
  type CheckResult,
  type SourceConnection,
} from '../../../pipeline/adapter-kit/index.js';
import { compileMapping, type MappingDocument } from '../../../pipeline/conform/index.js';
import { IsthmusError } from '../../../platform/kernel/index.js';
import { addressesOf, type Address } from './addresses.js';
import { compareLevels, compareSchema } from './compare-schema.js';
import { firstPages, type FirstPage } from './first-pages.js';
import { probeClock, probeDns, probeTcp } from './probe-network.js';
import { probeTls } from './probe-tls.js';
import { fails, fine, notNeeded, SOURCE_STEPS, walk, warns, type Found, type SourceStep } from './steps.js';

const DEADLINE_MS = 15_000;

/** A source as its walk needs it. Settings carry secrets in the clear. */
export interface ExaminedSource {
  manifest: AdapterManifest;
  mapping: unknown;
  settings: Readonly<Record<string, unknown>>;
}

/** Which step a trouble of the connector belongs to; what is not here is a matter of what came: the first page. */
const STEP_OF: Readonly<Record<string, SourceStep>> = {
  CONNECTOR_AUTH: 'auth',
  CONNECTOR_CREDENTIAL_EXPIRED: 'auth',
  CONNECTOR_DATABASE: 'auth',
  CONNECTOR_UNREACHABLE: 'auth',
  CONNECTOR_TIMEOUT: 'auth',
  CONNECTOR_FAILED: 'auth',
  CONNECTOR_BUSY: 'auth',
  CONNECTOR_SERVER: 'auth',
  CONNECTOR_REDIRECT: 'auth',
  CONNECTOR_PERMISSION: 'permission',
  CONNECTOR_OBJECT_FORBIDDEN: 'permission',
  CONNECTOR_DIRECTORY: 'permission',
  CONNECTOR_OBJECT_MISSING: 'schema',
  CONNECTOR_QUERY: 'schema',
  CONNECTOR_COLUMN_TWICE: 'schema',
  CONNECTOR_NOT_FOUND: 'schema',
  CONNECTOR_REQUEST: 'schema',
};

const TLS_STATE = /CERT|SSL|TLS|SIGNATURE/;

/**
 * Walks one source from its name to its levels; nothing is written and nothing personal leaves.
 * @param deadlineMs how long the source may take over one request of the walk.
 */
export async function walkSource(
  source: ExaminedSource,
  deadlineMs = DEADLINE_MS,
): Promise<{ step: SourceStep; found: readonly Found[] | null }[]> {
  const examination = new Examination(source, deadlineMs);
  try {
    return await walk(SOURCE_STEPS, (step) => examination.take(step));
  } finally {
    await examination.close();
  }
}

class Examination {
  readonly #addresses: Address[];
  #connection: SourceConnection | undefined;
  #check: CheckResult | undefined;
  #pages: FirstPage[] = [];

  constructor(
    private readonly source: ExaminedSource,
    private readonly deadlineMs: number,
  ) {
    this.#addresses = addressesOf(source.manifest, source.settings);
  }

  async close(): Promise<void> {
    await this.#connection?.close();
  }

  async take(step: SourceStep): Promise<readonly Found[]> {
    try {
      switch (step) {
        case 'dns':
          return await this.#each(probeDns);
        case 'tcp':
          return await this.#each(probeTcp);
        case 'tls':
          return await this.#tls();
        case 'clock':
          return await this.#each(probeClock);
        case 'auth':
          return await this.#auth();
        case 'permission':
          return [(await this.#troubleAt('permission')) ?? fine('可以读取', 'may be read')];
        case 'schema':
          return [await this.#schema()];
        case 'first-page':
          return await this.#firstPage();
        case 'mapping':
          return this.#mapping();
        case 'levels':
          return [compareLevels(this.source.manifest, this.source.mapping as MappingDocument)];
      }
    } catch (error) {
      return [failure(error)];
    }
  }

  async #each(probe: (address: Address) => Promise<Found>): Promise<Found[]> {
    if (this.#addresses.length === 0) return [notNeeded('来源是文件', 'the source drops files')];
    const found: Found[] = [];
    for (const address of this.#addresses) found.push(await probe(address));
    return found;
  }

  /** MySQL's greeting comes before its encryption: there the driver tells what is wrong with it. */
  async #tls(): Promise<Found[]> {
    const mysql = this.#addresses.find(({ tls }) => tls === 'mysql');
    const state = mysql ? String((await this.#checked()).params?.['state'] ?? '') : '';
    if (mysql && TLS_STATE.test(state)) return [fails('DOCTOR_TLS_UNTRUSTED', { host: mysql.host, reason: state })];
    return this.#each(probeTls);
  }

  async #auth(): Promise<Found[]> {
    const trouble = await this.#troubleAt('auth');
    if (trouble) return [trouble];
    const { latencyMs, warnings } = await this.#checked();
    const found = [fine(`已登录,${latencyMs} ms`, `signed in, ${latencyMs} ms`)];
    for (const { code, params } of warnings ?? []) found.push(warns(code, params));
    const end = credentialEnd(this.source.manifest, new Date());
    if (end?.standing === 'soon') found.push(warns('CONNECTOR_CREDENTIAL_EXPIRES', { date: end.date, days: end.days }));
    return found;
  }

  async #schema(): Promise<Found> {
    const trouble = await this.#troubleAt('schema');
    if (trouble) return trouble;
    const { manifest, mapping } = this.source;
    if (!(await this.#checked()).ok || manifest.streams.length === 0)
      return notNeeded('没有可比较的', 'there is nothing to compare');
    const offered = await (await this.#open()).discover(AbortSignal.timeout(this.deadlineMs));
    return compareSchema(manifest, mapping as MappingDocument, offered);
  }

  async #firstPage(): Promise<Found[]> {
    const trouble = await this.#troubleAt('first-page');
    if (trouble) return [trouble];
    const { manifest, mapping } = this.source;
    if (manifest.streams.length === 0) return [notNeeded('只供即时查询', 'it only answers look-ups')];
    const mappings = compileMapping(mapping, validateManifest(manifest));
    this.#pages = await firstPages(manifest, mappings, await this.#open(), this.deadlineMs);
    const empty = this.#pages.filter(({ read }) => read === 0);
    const params = { stream: empty.map(({ stream }) => stream).join(', ') };
    if (empty.length === this.#pages.length) return [fails('DOCTOR_SOURCE_EMPTY', params)];
    const read = this.#pages.reduce((sum, page) => sum + page.read, 0);
    const good = fine(`首页共 ${read} 条`, `${read} records on the first pages`);
    return empty.length ? [good, warns('DOCTOR_SOURCE_EMPTY', params)] : [good];
  }

  #mapping(): Found[] {
    if (this.#pages.length === 0) return [notNeeded('没有记录', 'there are no records')];
    const found = this.#pages.flatMap(({ stream, read, refused, first }): Found[] => {
      if (read > 0 && refused === read) return [fails('DOCTOR_MAPPING_NONE', { stream, read, first })];
      return refused * 10 > read ? [warns('DOCTOR_SOURCE_ROWS', { stream, refused, read, first })] : [];
    });
    const [mapped, read] = this.#pages.reduce(([m, r], page) => [m + page.read - page.refused, r + page.read], [0, 0]);
    return [fine(`${mapped}/${read} 条可映射`, `${mapped} of ${read} records can be mapped`), ...found];
  }

  /** What the connector's own check found wrong, when it belongs to this step. */
  async #troubleAt(step: SourceStep): Promise<Found | null> {
    const { ok, code = 'CONNECTOR_UNREACHABLE', params = {} } = await this.#checked();
    return !ok && (STEP_OF[code] ?? 'first-page') === step ? fails(code, params) : null;
  }

  async #checked(): Promise<CheckResult> {
    this.#check ??= await (await this.#open()).check(AbortSignal.timeout(this.deadlineMs));
    return this.#check;
  }

  async #open(): Promise<SourceConnection> {
    this.#connection ??= await openSource(this.source.manifest, this.source.settings);
    return this.#connection;
  }
}

/** A trouble of ours has a code; a deadline of the walk that passed is the source's; else only the kind is told. */
function failure(error: unknown): Found {
  if (error instanceof IsthmusError)
    return fails(error.code, { ...(error.where as Record<string, string | number>), ...error.params });
  if (ranOutOfTime(error)) return fails('CONNECTOR_TIMEOUT', { state: 'total' });
  return fails('CONNECTOR_FAILED', { kind: (error as Error).name });
}
