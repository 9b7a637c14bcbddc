import { createHash } from 'node:crypto';
import { ConfigurationError, FatalError, RetriableError, type JsonValue } from '../../../platform/kernel/index.js';
import type { AdapterManifest, SourceRow } from '../contract.js';
import type { ServiceManifest, ServiceRequest } from '../service-manifest.js';
import { atPath } from './xml.js';

/** One level of status of an answer, as the manifest gives it. */
interface StatusLevel {
  code: string;
  ok: string[];
  empty?: string[];
  auth?: string[];
  busy?: string[];
}

/** The `answer:` block of a service. */
export interface AnswerBlock {
  embedded?: 'none' | 'xml' | 'json';
  record: string;
  status?: StatusLevel[];
}

/** The service of a name. @throws FatalError CONNECTOR_STREAM. */
export function serviceOf(manifest: AdapterManifest, name: string): ServiceManifest {
  const found = manifest.services?.find((service) => service.name === name);
  if (found === undefined) throw new FatalError('CONNECTOR_STREAM', { where: { stream: name } });
  return found;
}

/** What the check asks: every service, about nobody. */
export const probes = (manifest: AdapterManifest): Omit<ServiceRequest, 'signal'>[] =>
  (manifest.services ?? []).map(({ name, probe }) => ({ service: name, inputs: probe }));

/** A request's parameters in order, places filled; an input that was not given is left out. */
export function parametersOf(
  templates: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>>,
  inputs: Readonly<Record<string, string>>,
): [string, string][] {
  return Object.entries(templates).flatMap(([name, template]): [string, string][] => {
    const [, kind, place] = /^\$(settings|md5|input)\.(.+)$/.exec(template) ?? [];
    if (kind === undefined || place === undefined) return [[name, template]];
    if (kind === 'input') return inputs[place] === undefined ? [] : [[name, inputs[place]]];
    const text = String(settings[place] ?? '');
    // Not our choice: household register services take the password as its MD5.
    return [[name, kind === 'md5' ? createHash('md5').update(text).digest('hex') : text]];
  });
}

/**
 * Reads the levels of status one after another, then the record. @returns null when the source has none.
 *
 * @throws ConfigurationError CONNECTOR_AUTH, RetriableError CONNECTOR_BUSY, FatalError CONNECTOR_RESULT_CODE for a code
 * of no known meaning, FatalError CONNECTOR_BODY where code or record is missing, CONNECTOR_SEVERAL where one was asked
 * for and several came.
 */
export function readAnswer(value: JsonValue, { record, status = [] }: AnswerBlock, service: string): SourceRow | null {
  for (const level of status) {
    const code = codeAt(value, level.code);
    if (code === null) throw badAnswer(service, 'code');
    if (level.ok.includes(code)) continue;
    const shown = /^[\w.-]{1,20}$/.test(code) ? code : '?';
    const details = { origin: 'source' as const, where: { stream: service }, params: { state: shown, code: shown } };
    if (level.empty?.includes(code)) return null;
    if (level.auth?.includes(code)) throw new ConfigurationError('CONNECTOR_AUTH', details);
    if (level.busy?.includes(code)) throw new RetriableError('CONNECTOR_BUSY', details);
    throw new FatalError('CONNECTOR_RESULT_CODE', details);
  }
  const [found, second] = atPath(value, record);
  if (second !== undefined) throw new FatalError('CONNECTOR_SEVERAL', { origin: 'source', where: { stream: service } });
  if (found === undefined || found === null || typeof found !== 'object' || Array.isArray(found))
    throw badAnswer(service, 'record');
  return found;
}

function codeAt(value: JsonValue, path: string): string | null {
  const [code] = atPath(value, path);
  return typeof code === 'string' || typeof code === 'number' ? String(code).trim() : null;
}

export const badAnswer = (service: string, what: string): FatalError =>
  new FatalError('CONNECTOR_BODY', { origin: 'source', where: { stream: service }, params: { what } });
