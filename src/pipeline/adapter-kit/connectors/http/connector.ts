import type { Connector } from '../../contract.js';
import { HttpConnection } from './connection.js';
import { httpSettingsSchema } from './settings.js';

/** JSON list APIs over HTTP. */
export const httpConnector: Connector = {
  kind: 'http',
  settingsSchema: httpSettingsSchema,
  open: (manifest, settings, gate) =>
    Promise.resolve().then(() => new HttpConnection(manifest, settings as unknown as { baseUrl: string }, gate)),
};
