export { readConfig, type Config } from './config.js';
export { SETTINGS, type SettingSpec } from './settings.js';
export { childEnvironment, environmentValue } from './environment.js';
