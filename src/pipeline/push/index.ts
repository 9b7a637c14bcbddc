export type { Delivery } from './delivery.js';
export { signedBytes } from './cloud-events.js';
export {
  forgetOldEvents,
  inboxAad,
  marksOf,
  putEvents,
  setMarks,
  takeEvents,
  waitingEvents,
  type Accepted,
  type WaitingEvent,
} from './inbox.repository.js';
export { PUSH_PATH } from './path.js';
export { readDelivery, type PushedRecord, type ReadDelivery } from './read-delivery.js';
