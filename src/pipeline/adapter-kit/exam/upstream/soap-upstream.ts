import { XMLParser } from 'fast-xml-parser';
import type { AdapterManifest, SourceRow, StreamManifest } from '../../contract.js';
import { settingsSchemaOf } from '../../manifest/settings-schema.js';
import { startServer, type Reply } from './server.js';
import { asText, type Upstream } from './upstream.js';
import { xmlDocument, xmlElement, xmlText } from './write-xml.js';

interface Block {
  endpoint?: string;
  operation: string;
  parameters?: Record<string, string>;
  firstRow?: number;
  result: {
    embeddedXml?: boolean;
    records: string;
    total?: string;
    code?: string;
    ok?: string[];
    empty?: string[];
    auth?: string[];
  };
  periods?: { operation: string; values: string };
  window?: { from: string; cursorField?: string };
}

const reader = new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreDeclaration: true });
/** Rows that are served as an element that cannot be read; their fields only say where in the list they stand. */
const BAD = new WeakSet<SourceRow>();
/** What a refused credential is answered with where the manifest names no status code for it. */
const REFUSED = 'EXAM-REFUSED';

/** A SOAP 1.1 service with credentials as parameters and both status levels. */
export async function soapUpstream(manifest: AdapterManifest): Promise<Upstream> {
  const rows = new Map<string, readonly SourceRow[]>();
  const schema = settingsSchemaOf(manifest);
  const settings: Record<string, unknown> = {};
  const refused: Record<string, unknown> = {};
  const server = await startServer((_url, _request, body) => answer(manifest, rows, settings, body));
  const addresses = new Set(
    manifest.streams.map((stream) => (stream['soap'] as Block).endpoint ?? 'endpoint').concat('endpoint'),
  );
  for (const [name, declared] of Object.entries(schema.properties)) {
    settings[name] = addresses.has(name)
      ? `${server.origin}/${name}`
      : (declared.enum?.[0] ?? (declared.type === 'integer' ? 1 : `exam-${name}`));
    refused[name] = declared['x-secret'] ? 'wrong' : settings[name];
  }
  return {
    manifest,
    settings,
    refused,
    serve: async (stream, served) => void rows.set(stream, served),
    wire: (_stream, row) =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => [name, asText(value)]),
      ),
    serveBad: async (stream, served) => {
      const bad = { ...served[0]! };
      BAD.add(bad);
      rows.set(stream, served.toSpliced(1, 0, bad));
      return true;
    },
    serveMisencoded: async () => false,
    queryColumns: async () => null,
    close: () => server.close(),
  };
}

function answer(
  manifest: AdapterManifest,
  rows: Map<string, readonly SourceRow[]>,
  settings: Record<string, unknown>,
  text: string,
): Reply {
  const body = (reader.parse(text) as { Envelope: { Body: Record<string, Record<string, string> | ''> } }).Envelope
    .Body;
  const [operation, given] = Object.entries(body)[0]!;
  const parameters = given === '' ? {} : given;
  const stream = manifest.streams.find(
    ({ soap }) => (soap as Block).operation === operation || (soap as Block).periods?.operation === operation,
  );
  if (!stream) return { status: 500, body: envelope('<s:Fault><faultcode>s:Client</faultcode></s:Fault>') };
  const block = stream['soap'] as Block;
  const refused = Object.entries(block.parameters ?? {}).some(
    ([name, template]) =>
      template.startsWith('$settings.') && parameters[name] !== asText(settings[template.slice(10)]),
  );
  const inner = refused
    ? status(block, block.result.auth?.[0] ?? REFUSED)
    : operation === block.operation
      ? listOf(block, rows.get(stream.name) ?? [], parameters, stream)
      : periodsOf(block, rows.get(stream.name) ?? [], stream);
  const result = block.result.embeddedXml ? `<return>${xmlText(inner)}</return>` : inner;
  return {
    status: 200,
    body: envelope(`<n:${operation}Response xmlns:n="urn:exam">${result}</n:${operation}Response>`),
  };
}

const envelope = (body: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;

const status = (block: Block, code: string): string =>
  block.result.code ? xmlDocument([[block.result.code, code]]) : xmlDocument([[block.result.records, '']]);

function listOf(
  block: Block,
  rows: readonly SourceRow[],
  parameters: Record<string, string>,
  stream: StreamManifest,
): string {
  const given = (place: string): string | undefined => {
    const name = Object.entries(block.parameters ?? {}).find(([, template]) => template === place)?.[0];
    return name === undefined ? undefined : parameters[name];
  };
  const [period, begin, end] = [given('$period'), given('$begin'), given('$end')];
  let wanted = rows;
  if (block.periods && period !== undefined) wanted = rows.filter((row) => asText(row[stream.key[0]!]) === period);
  if (block.window && begin !== undefined && end !== undefined) {
    const field = cursorField(block, rows);
    wanted = rows.filter((row) => asText(row[field]) >= begin && asText(row[field]) <= end);
  }
  if (wanted.length === 0 && block.result.empty?.[0]) return status(block, block.result.empty[0]);
  const start = Number(given('$start') ?? block.firstRow ?? 0) - (block.firstRow ?? 0);
  const page = wanted.slice(start, start + Number(given('$limit') ?? wanted.length));
  const parts: [string, string][] = [];
  if (block.result.code) parts.push([block.result.code, block.result.ok?.[0] ?? 'OK']);
  if (block.result.total) parts.push([block.result.total, String(wanted.length)]);
  const name = block.result.records.split('/').at(-1)!;
  for (const row of page) {
    const inner = xmlElement(name, row).slice(name.length + 2, -(name.length + 3));
    parts.push([block.result.records, BAD.has(row) ? '<a>&undefined;</a>' : inner]);
  }
  return xmlDocument(parts);
}

function periodsOf(block: Block, rows: readonly SourceRow[], stream: StreamManifest): string {
  const periods = [...new Set(rows.map((row) => asText(row[stream.key[0]!])))];
  const code: [string, string][] = block.result.code
    ? [
        [
          `${block.periods!.values.split('/')[0]!}/${block.result.code.split('/').slice(1).join('/')}`,
          block.result.ok?.[0] ?? 'OK',
        ],
      ]
    : [];
  return xmlDocument([...code, ...periods.map((period): [string, string] => [block.periods!.values, xmlText(period)])]);
}

/** The field the source selects windows by: named in the manifest, else the first that looks like a moment. */
export function cursorField(block: Pick<Block, 'window'>, rows: readonly SourceRow[]): string {
  const named = block.window?.cursorField;
  if (named !== undefined) return named;
  const moment = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
  return Object.entries(rows[0] ?? {}).find(([, value]) => moment.test(asText(value)))?.[0] ?? '';
}
