import type { Connector } from '../../contract.js';
import { SqlConnection } from './connection.js';
import type { SqlSettings } from './session.js';
import { sqlSettingsSchema } from './settings.js';

/** Relational databases: PostgreSQL, MySQL and MariaDB. */
export const sqlConnector: Connector = {
  kind: 'sql',
  settingsSchema: sqlSettingsSchema,
  open: (manifest, settings, gate) =>
    Promise.resolve(new SqlConnection(manifest, settings as unknown as SqlSettings, gate)),
};
