export { splitId } from './item-id.js';
export { orderReplay, type DeskOrder } from './order-replay.js';
export { settleItems } from './settle-items.js';
