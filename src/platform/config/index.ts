export { readConfig, type Config } from './config.js';
export { SETTINGS, type SettingSpec } from './settings.js';
export { environmentValue } from './environment.js';
