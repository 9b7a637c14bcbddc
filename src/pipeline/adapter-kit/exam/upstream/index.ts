import type { AdapterManifest } from '../../contract.js';
import { fileUpstream } from './file-upstream.js';
import { httpUpstream } from './http-upstream.js';
import { soapUpstream } from './soap-upstream.js';
import { sqlUpstream } from './sql-upstream.js';
import type { Upstream } from './upstream.js';

export type { Upstream } from './upstream.js';
export type { Said, ServiceUpstream } from './service-upstream.js';
export { serviceUpstream } from './service-upstream.js';
export { cursorField } from './soap-upstream.js';

/** Starts the stand-in source that speaks the adapter's protocol. */
export async function startUpstream(manifest: AdapterManifest, directory: string): Promise<Upstream> {
  switch (manifest.connector) {
    case 'file':
      return fileUpstream(manifest);
    case 'sql':
      return sqlUpstream(manifest, directory);
    case 'http':
      return httpUpstream(manifest);
    case 'soap':
      return soapUpstream(manifest);
  }
}
