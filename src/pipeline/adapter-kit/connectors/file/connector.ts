import type { Connector } from '../../contract.js';
import { FileConnection } from './connection.js';
import { fileSettingsSchema } from './settings.js';

/** Drop folders: CSV, JSON lines and XML files with or without marker files. */
export const fileConnector: Connector = {
  kind: 'file',
  settingsSchema: fileSettingsSchema,
  open: (manifest, settings) => Promise.resolve(new FileConnection(manifest, String(settings['directory']))),
};
