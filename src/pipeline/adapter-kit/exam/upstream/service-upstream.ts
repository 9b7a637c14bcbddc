import { createHash } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import type { AdapterManifest, SourceRow } from '../../contract.js';
import { settingsSchemaOf } from '../../manifest/settings-schema.js';
import type { ServiceManifest } from '../../service-manifest.js';
import { startServer, type Reply } from './server.js';
import { asText, type Upstream } from './upstream.js';
import { xmlDocument, xmlElement, xmlText } from './write-xml.js';

/** What a service of the stand-in says from now on; `status` puts an odd code at one level. */
export type Said =
  { kind: 'row'; row: SourceRow } | { kind: 'nothing' } | { kind: 'status'; level: number } | { kind: 'hang' };

/** The stand-in for an on-demand source. */
export interface ServiceUpstream extends Upstream {
  say(service: string, said: Said): void;
  /** Whether the protocol has a word for "nothing found". */
  hasNothing(service: string): boolean;
}

interface Level {
  code: string;
  ok: string[];
  empty?: string[];
  auth?: string[];
}
interface Answer {
  embedded?: string;
  record: string;
  status?: Level[];
}
interface Call {
  operation?: string;
  path?: string;
  endpoint?: string;
  parameters?: Record<string, string>;
}

const TOKEN = 'exam-token';
const ODD = 'EXAM-ODD';
const reader = new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreDeclaration: true });
const answerOf = (service: ServiceManifest): Answer => service['answer'] as Answer;
const callOf = (service: ServiceManifest): Call => (service['soap'] ?? service['http']) as Call;

/** Look-up services over SOAP or HTTP, with credentials and all levels of status. */
export async function serviceUpstream(manifest: AdapterManifest): Promise<ServiceUpstream> {
  const services = manifest.services ?? [];
  const said = new Map<string, Said>();
  const settings: Record<string, unknown> = {};
  const refused: Record<string, unknown> = {};
  const soap = manifest.connector === 'soap';
  const answer = (url: URL, authorization: string | undefined, body: string): Reply | null => {
    const [service, given] = soap ? soapCall(services, body) : httpCall(services, url, body);
    if (!service) return { status: soap ? 500 : 404, body: '' };
    const known = soap ? credentialsFit(service, given, settings) : authorization === `Bearer ${TOKEN}`;
    if (!known && !soap) return { status: 401, body: '{}' };
    const what = said.get(service.name) ?? { kind: 'nothing' };
    if (what.kind === 'hang') return null;
    return { status: 200, body: (soap ? soapBody : jsonBody)(service, known ? what : 'refused') };
  };
  const server = await startServer((url, request, body) => answer(url, request.headers.authorization, body));
  const addresses = new Set(['endpoint', 'baseUrl', ...services.map((service) => callOf(service).endpoint ?? '')]);
  for (const [name, declared] of Object.entries(settingsSchemaOf(manifest).properties)) {
    if (name === 'apiKey' || name === 'apiKeyHeader') continue;
    settings[name] = addresses.has(name) ? server.origin : name === 'token' ? TOKEN : `exam-${name}`;
    refused[name] = declared['x-secret'] ? 'wrong' : settings[name];
  }
  return {
    ...{ manifest, settings, refused },
    say: (service, what) => void said.set(service, what),
    hasNothing: (name) =>
      services.some((service) => service.name === name && answerOf(service).status?.some(({ empty }) => empty?.[0])),
    serve: async () => undefined,
    wire: (_service, row) =>
      soap
        ? Object.fromEntries(
            Object.entries(row)
              .filter(([, value]) => value !== null)
              .map(([name, value]) => [name, asText(value)]),
          )
        : row,
    serveBad: async () => false,
    serveMisencoded: async () => false,
    queryColumns: async () => null,
    close: () => server.close(),
  };
}

type Given = Record<string, unknown>;

function soapCall(services: readonly ServiceManifest[], body: string): [ServiceManifest | undefined, Given] {
  const { Envelope } = reader.parse(body) as { Envelope: { Body: Record<string, Given | ''> } };
  const [operation, given] = Object.entries(Envelope.Body)[0]!;
  return [services.find((service) => callOf(service).operation === operation), given === '' ? {} : given];
}

const httpCall = (
  services: readonly ServiceManifest[],
  url: URL,
  body: string,
): [ServiceManifest | undefined, Given] => [
  services.find((service) => callOf(service).path === url.pathname),
  JSON.parse(body) as Given,
];

function credentialsFit(service: ServiceManifest, given: Given, settings: Given): boolean {
  return Object.entries(callOf(service).parameters ?? {}).every(([name, template]) => {
    const [, kind, setting] = /^\$(settings|md5)\.(.+)$/.exec(template) ?? [];
    if (setting === undefined) return true;
    const text = asText(settings[setting]);
    return given[name] === (kind === 'md5' ? createHash('md5').update(text).digest('hex') : text);
  });
}

/** Path and code of each level, up to the one that decides. */
function codes({ status = [] }: Answer, said: Said | 'refused'): [string, string][] {
  const found: [string, string][] = [];
  for (const [at, level] of status.entries()) {
    const odd = said !== 'refused' && said.kind === 'status' && said.level === at ? ODD : undefined;
    const auth = said === 'refused' ? level.auth?.[0] : undefined;
    const empty = said !== 'refused' && said.kind === 'nothing' ? level.empty?.[0] : undefined;
    const decided = odd ?? auth ?? empty;
    found.push([level.code, decided ?? level.ok[0]!]);
    if (decided !== undefined) break;
  }
  return found;
}

const rowOf = (said: Said | 'refused'): SourceRow | null =>
  said !== 'refused' && said.kind === 'row' ? said.row : null;

function soapBody(service: ServiceManifest, said: Said | 'refused'): string {
  const answer = answerOf(service);
  const parts: [string, string][] = codes(answer, said).map(([path, code]) => [path, xmlText(code)]);
  const row = rowOf(said);
  const name = answer.record.split('/').at(-1)!;
  if (row) parts.push([answer.record, xmlElement(name, row).slice(name.length + 2, -(name.length + 3))]);
  const inner = answer.embedded === 'json' ? JSON.stringify(jsonOf(answer, said)) : xmlDocument(parts);
  const result = answer.embedded && answer.embedded !== 'none' ? `<return>${xmlText(inner)}</return>` : inner;
  return `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><n:r xmlns:n="urn:exam">${result}</n:r></s:Body></s:Envelope>`;
}

const jsonBody = (service: ServiceManifest, said: Said | 'refused'): string =>
  JSON.stringify(jsonOf(answerOf(service), said));

function jsonOf(answer: Answer, said: Said | 'refused'): object {
  const root: Given = {};
  const put = (path: string, value: unknown): void => {
    const names = path.split('/');
    const last = names.pop()!;
    let at = root;
    for (const name of names) at = (at[name] ??= {}) as Given;
    at[last] = value;
  };
  for (const [path, code] of codes(answer, said)) put(path, code);
  const row = rowOf(said);
  if (row) put(answer.record, row);
  return root;
}
