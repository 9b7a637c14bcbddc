export { ConsoleModule, type ConsoleModuleOptions } from './console.module.js';
export type { DemoAccess, DemoPerson } from './demo-gate.js';
