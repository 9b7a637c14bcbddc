import { XMLParser, XMLValidator } from 'fast-xml-parser';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);

/** `<NAME>text</NAME>` for each entry. */
export const elements = (entries: Record<string, string>): string =>
  Object.entries(entries)
    .map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`)
    .join('');

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  // No entity is ever expanded: the five of XML are read below, a DOCTYPE is refused.
  processEntities: false,
});

const unescapeXml = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

export interface SoapCall {
  operation: string;
  parameters: Record<string, string>;
}

/** Reads a SOAP 1.1 envelope with one operation of text parameters; null when it is not one. Prefixes do not matter. */
export function readCall(xml: string): SoapCall | null {
  if (/<!DOCTYPE/i.test(xml) || XMLValidator.validate(xml) !== true) return null;
  const document = parser.parse(xml) as { Envelope?: { Body?: Record<string, unknown> } };
  const body = document.Envelope?.Body;
  if (typeof body !== 'object' || body === null) return null;
  const operations = Object.entries(body);
  if (operations.length !== 1) return null;
  const [operation, content] = operations[0]!;
  const parameters: Record<string, string> = {};
  if (typeof content === 'object' && content !== null) {
    for (const [name, value] of Object.entries(content)) {
      if (typeof value === 'string') parameters[name] = unescapeXml(value);
    }
  }
  return { operation, parameters };
}

const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The answer of an operation: the result is one string, which itself holds XML. */
export const resultEnvelope = (namespace: string, operation: string, result: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${ENVELOPE}"><soapenv:Body>` +
  `<ns:${operation}Response xmlns:ns="${namespace}"><ns:return>${escapeXml(result)}</ns:return></ns:${operation}Response>` +
  `</soapenv:Body></soapenv:Envelope>`;

export const faultEnvelope = (text: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="${ENVELOPE}"><soapenv:Body><soapenv:Fault>` +
  `<faultcode>soapenv:Client</faultcode><faultstring>${escapeXml(text)}</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`;
