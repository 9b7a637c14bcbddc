export type { Cell } from './cells.js';
export { splitId } from './item-id.js';
export { readItems, type ItemSelection, type StoredItem } from './items.repository.js';
export { mayOpen, openItems, type OpenedItem } from './open-items.js';
export { orderReplay, type DeskOrder } from './order-replay.js';
export { sheetsOf } from './sheet.js';
export { settleItems } from './settle-items.js';
