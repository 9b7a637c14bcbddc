export { PushModule, type PushOptions } from './push.module.js';
export { PushDesk, type Receipt } from './push-desk.js';
export { pushHandler, type PushLog } from './push-handler.js';
