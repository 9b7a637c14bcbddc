import { FatalError, RetriableError, type JsonValue } from '../../../../platform/kernel/index.js';
import { atPath, escapeXml, parseXml, textAt, XmlError } from '../xml.js';
import { cutRecords } from './cut-records.js';
import { hollow, type Hollowed } from './hollow.js';

/** A SOAP 1.1 request: the operation's wrapper element with its parameters as unqualified children (Axis2 takes both). */
export function envelope(
  namespace: string,
  operation: string,
  parameters: readonly (readonly [string, string])[],
): string {
  const children = parameters.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
    (namespace === ''
      ? `<${operation}>${children}</${operation}>`
      : `<m:${operation} xmlns:m="${escapeXml(namespace)}">${children}</m:${operation}>`) +
    '</soapenv:Body></soapenv:Envelope>'
  );
}

export interface Returned {
  /** The result without its records. */
  value: JsonValue;
  /** Text of each record element; empty when they stay in `value` (name-space prefixes). */
  records: string[];
}

/**
 * The operation's result: what the response wrapper holds, or with `embedded` the document that the text of the return
 * value is.
 *
 * @throws RetriableError CONNECTOR_SOAP_FAULT_SERVER, FatalError CONNECTOR_SOAP_FAULT, CONNECTOR_BODY.
 */
export function returned(text: string, result: { embeddedXml: boolean; records: string }, stream: string): Returned {
  const long = hollow(result.embeddedXml ? text : '');
  const outer = result.embeddedXml ? { skeleton: long.skeleton, records: [] } : cutRecords(text, result.records);
  const body = atPath(read(outer.skeleton, 'soap', stream), 'Envelope/Body')[0];
  const fault = atPath(body, 'Fault')[0];
  if (fault !== undefined) throw faultError(fault, stream);
  if (body === undefined || body === null || typeof body !== 'object' || Array.isArray(body))
    throw badBody(stream, 'soap');
  const wrapper = firstElement(body);
  if (!result.embeddedXml) return { value: wrapper ?? '', records: outer.records };
  const value = firstElement(wrapper);
  if (typeof value !== 'string') throw badBody(stream, 'result');
  const inner = cutRecords(filled(long, value, stream), result.records);
  return { value: read(inner.skeleton, 'result', stream), records: inner.records };
}

/**
 * What a single answer returns, records and all: what the response wrapper holds, or its text.
 *
 * @throws RetriableError CONNECTOR_SOAP_FAULT_SERVER, FatalError CONNECTOR_SOAP_FAULT, CONNECTOR_BODY.
 */
export function responseOf(text: string, service: string): JsonValue {
  const body = atPath(read(text, 'soap', service), 'Envelope/Body')[0];
  const fault = atPath(body, 'Fault')[0];
  if (fault !== undefined) throw faultError(fault, service);
  if (body === undefined || body === null || typeof body !== 'object' || Array.isArray(body))
    throw badBody(service, 'soap');
  return firstElement(body) ?? '';
}

/** The text that an operation returns. @throws FatalError CONNECTOR_BODY when it is none. */
export function returnedText(response: JsonValue, service: string): string {
  const value = firstElement(response);
  if (typeof value !== 'string') throw badBody(service, 'result');
  return value.trim();
}

function filled(long: Hollowed, value: string, stream: string): string {
  try {
    return long.fill(value).trim();
  } catch (error) {
    if (error instanceof XmlError) throw badBody(stream, `soap: ${error.problem}`);
    throw error;
  }
}

/** The value of the first child element; attributes (`@…`) and text are none. */
function firstElement(value: JsonValue | undefined): JsonValue | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value === '' ? undefined : value;
  const child = Object.entries(value).find(([name]) => !name.startsWith('@') && name !== '#text')?.[1];
  // An element that has attributes beside its text (xsi:type) carries the text as #text.
  if (child !== null && typeof child === 'object' && !Array.isArray(child) && typeof child['#text'] === 'string')
    return child['#text'];
  return child;
}

function read(text: string, what: string, stream: string): JsonValue {
  try {
    return parseXml(text);
  } catch (error) {
    if (error instanceof XmlError) throw badBody(stream, `${what}: ${error.problem}`);
    throw error;
  }
}

/** `Client` faults say that the request is wrong; all others may pass. The fault's text is not kept: it may quote data. */
function faultError(fault: JsonValue, stream: string): Error {
  const code = (textAt(fault, 'faultcode') ?? 'unknown').replace(/^.*:/, '').slice(0, 40);
  const details = {
    origin: 'source' as const,
    where: { stream },
    params: { code: /^[\w.-]+$/.test(code) ? code : '?' },
  };
  return /^(Client|VersionMismatch|MustUnderstand)/.test(code)
    ? new FatalError('CONNECTOR_SOAP_FAULT', details)
    : new RetriableError('CONNECTOR_SOAP_FAULT_SERVER', details);
}

const badBody = (stream: string, what: string): FatalError =>
  new FatalError('CONNECTOR_BODY', { origin: 'source', where: { stream }, params: { what } });
