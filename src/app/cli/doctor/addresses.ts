import type { AdapterManifest } from '../../../pipeline/adapter-kit/index.js';

/** Where a source is reached, as its settings say. */
export interface Address {
  host: string;
  port: number;
  /** How the connection is encrypted: from its start, after PostgreSQL's or MySQL's own greeting, or not at all. */
  tls: 'https' | 'postgresql' | 'mysql' | null;
  /** Whether the certificate must be one that is trusted. */
  verified: boolean;
  /** File of the authority that signed it, where it is not a public one. */
  caFile?: string;
  /** Spoken to in HTTP. */
  url?: URL;
}

/** Every address of a source, each once; none for one that drops files. */
export function addressesOf(manifest: AdapterManifest, settings: Readonly<Record<string, unknown>>): Address[] {
  if (manifest.connector === 'sql') return [databaseOf(settings)];
  const urls = Object.values(settings)
    .filter((value): value is string => typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value))
    .map((value) => new URL(value));
  const known = new Map(urls.map((url) => [url.host, url]));
  return [...known.values()].map((url) => {
    const https = url.protocol === 'https:';
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || (https ? 443 : 80)),
      tls: https ? 'https' : null,
      verified: https,
      url,
    };
  });
}

function databaseOf(settings: Readonly<Record<string, unknown>>): Address {
  const postgresql = settings['engine'] === 'postgresql';
  const ssl = settings['ssl'] ?? 'off';
  return {
    host: String(settings['host']),
    port: Number(settings['port'] ?? (postgresql ? 5432 : 3306)),
    tls: ssl === 'off' ? null : postgresql ? 'postgresql' : 'mysql',
    verified: ssl === 'verify',
    ...(typeof settings['caFile'] === 'string' ? { caFile: settings['caFile'] } : {}),
  };
}
