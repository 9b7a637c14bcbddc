import { ConfigurationError, FatalError, RetriableError, type JsonValue } from '../../../../platform/kernel/index.js';
import type { RequestRules } from '../../resilience/index.js';
import { call } from '../http-call.js';
import { textAt } from '../xml.js';
import type { SoapBlock } from './block.js';
import { envelope, returned, type Returned } from './envelope.js';

/** Values for the `$…` places of a request. */
export type Places = Partial<Record<'period' | 'begin' | 'end' | 'start' | 'limit', string>>;

/** What an answered request means; the first level, HTTP and SOAP faults, is dealt with before. */
export type Outcome = ({ kind: 'ok' } & Returned) | { kind: 'empty' } | { kind: 'tooMuch'; code: string };

export interface Invocation {
  url: URL;
  settings: Readonly<Record<string, unknown>>;
  block: SoapBlock;
  operation: string;
  places: Places;
  signal: AbortSignal;
  stream: string;
  rules: RequestRules;
}

/**
 * Calls an operation and reads both status levels.
 *
 * @throws besides the errors of `call` and `returned`: ConfigurationError CONNECTOR_AUTH, RetriableError
 * CONNECTOR_BUSY, FatalError CONNECTOR_RESULT_CODE for a status code of no known meaning.
 */
export async function invoke(request: Invocation): Promise<Outcome> {
  const { block, stream } = request;
  return call(
    request.url,
    {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${block.soapAction}"` },
      body: envelope(block.namespace, request.operation, parametersOf(request)),
      signal: request.signal,
      stream,
      rules: request.rules,
      accept: [500],
    },
    // Both levels are judged before the gate hears how the request ended: an error as an ordinary answer is none.
    (answer) => judge(returned(answer.text, block.result, stream), block, stream),
  );
}

/** Only parameters whose places are filled: the operation that lists periods takes no period. */
function parametersOf({ block, settings, places }: Invocation): [string, string][] {
  const filled: [string, string][] = [];
  for (const [name, template] of Object.entries(block.parameters)) {
    if (!template.startsWith('$')) filled.push([name, template]);
    else if (template.startsWith('$settings.')) filled.push([name, String(settings[template.slice(10)] ?? '')]);
    else {
      const value = places[template.slice(1) as keyof Places];
      if (value !== undefined) filled.push([name, value]);
    }
  }
  return filled;
}

function judge(answer: Returned, block: SoapBlock, stream: string): Outcome {
  const { result } = block;
  const { value } = answer;
  const code = result.code === undefined ? null : statusCode(value, result.code);
  const details = {
    origin: 'source' as const,
    where: { stream },
    params: { state: safe(code ?? '?'), code: safe(code ?? '?') },
  };
  if (result.code === undefined || (code !== null && result.ok.includes(code))) return { kind: 'ok', ...answer };
  if (code === null) throw new FatalError('CONNECTOR_BODY', { ...details, params: { what: 'code' } });
  if (result.empty.includes(code)) return { kind: 'empty' };
  if (result.tooMuch.includes(code)) return { kind: 'tooMuch', code: safe(code) };
  if (result.auth.includes(code)) throw new ConfigurationError('CONNECTOR_AUTH', details);
  if (result.busy.includes(code)) throw new RetriableError('CONNECTOR_BUSY', details);
  throw new FatalError('CONNECTOR_RESULT_CODE', details);
}

/**
 * The code at its path. Every operation wraps its answer in a root of its own, so a path whose root does not match is
 * also looked for below whatever root there is.
 */
function statusCode(value: JsonValue, path: string): string | null {
  const direct = textAt(value, path);
  if (direct !== null || value === null || typeof value !== 'object' || Array.isArray(value))
    return direct?.trim() ?? null;
  const root = Object.values(value)[0];
  return textAt(root, path.split('/').slice(1).join('/'))?.trim() ?? null;
}

const safe = (code: string): string => (/^[\w.-]{1,20}$/.test(code) ? code : '?');
