export { PushModule, type PushOptions } from './push.module.js';
export { PushDesk, type Receipt } from './push-desk.js';
export { PUSH_PATH, pushHandler, type PushLog } from './push-handler.js';
