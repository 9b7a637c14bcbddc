import { ConfigurationError } from '../../../../platform/kernel/index.js';
import type { StreamManifest } from '../../contract.js';

/** The `soap:` block of a stream, with its defaults filled in. */
export interface SoapBlock {
  /** Name of the setting that holds the service's address. */
  endpoint: string;
  /** Name space of the operation's element; '' = none. */
  namespace: string;
  soapAction: string;
  operation: string;
  /** Parameter → text, or `$settings.<name>`, `$period`, `$begin`, `$end`, `$start`, `$limit`. In this order. */
  parameters: Record<string, string>;
  /** Value of `$start` for the first row. */
  firstRow: number;
  result: SoapResult;
  periods?: { operation: string; values: string };
  window?: SoapWindow;
}

export interface SoapResult {
  /** The operation's return value is a text that is XML itself. */
  embeddedXml: boolean;
  /** Path of the records, of the total and of the status code, from the root of the result. */
  records: string;
  total?: string;
  code?: string;
  /** Status codes by meaning; any other code stops the run. */
  ok: string[];
  empty: string[];
  auth: string[];
  busy: string[];
  /** The window asked for was too long or held too many rows: ask for half of it. */
  tooMuch: string[];
}

export interface SoapWindow {
  /** Begin of the first window, `YYYY-MM-DD HH:mm:ss` in the source's time zone. */
  from: string;
  spanDays: number;
  /** ISO 8601 duration read again behind the cursor, for rows entered late. */
  overlap?: string;
}

/** The block of a stream of a validated manifest. @throws ConfigurationError ADAPTER_BLOCK. */
export function soapBlock(stream: StreamManifest): SoapBlock {
  const given = stream['soap'] as (Partial<Omit<SoapBlock, 'result'>> & { result?: Partial<SoapResult> }) | undefined;
  const bad = (field: string): never => {
    throw new ConfigurationError('ADAPTER_BLOCK', { where: { stream: stream.name, field } });
  };
  const operation = given?.operation ?? bad('soap.operation');
  const result = given?.result ?? bad('soap.result');
  return {
    endpoint: 'endpoint',
    namespace: '',
    soapAction: '',
    parameters: {},
    firstRow: 0,
    ...given,
    operation,
    result: {
      embeddedXml: false,
      ok: [],
      empty: [],
      auth: [],
      busy: [],
      tooMuch: [],
      ...result,
      records: result.records ?? bad('soap.result.records'),
    },
  };
}
