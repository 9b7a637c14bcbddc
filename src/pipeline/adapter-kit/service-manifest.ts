/** One question to a look-up service; `inputs` by the names the manifest gives, in the standard's form. */
export interface ServiceRequest {
  service: string;
  inputs: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

export type OnDemandLimit = 'concurrency' | 'breakerFailures' | 'breakerSeconds';

/** What a look-up service can be asked; see the manifest's schema. */
export interface ServiceManifest {
  name: string;
  verb: 'lookup' | 'verify';
  question: 'person' | 'identity' | 'marriage';
  inputs: string[];
  claims?: string[];
  key?: string[];
  levels?: number[];
  deadlineMs?: number;
  cacheSeconds?: number;
  probe: Record<string, string>;
  /** Connector-specific: operation, path, parameters, how the answer is read. */
  [more: string]: unknown;
}
