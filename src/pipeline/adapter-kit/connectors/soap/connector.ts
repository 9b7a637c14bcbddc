import type { Connector } from '../../contract.js';
import { SoapConnection } from './connection.js';
import { soapSettingsSchema } from './settings.js';

/** SOAP 1.1 list services, with periods or time windows, results as XML or as XML in a text. */
export const soapConnector: Connector = {
  kind: 'soap',
  settingsSchema: soapSettingsSchema,
  open: (manifest, settings, gate) => Promise.resolve().then(() => new SoapConnection(manifest, settings, gate)),
};
