export { arrayText, copyInto, type CopyCell } from './copy-into.js';
export { LinkService, type LinkOptions } from './link.service.js';
export { sourceTables, type SourceTables } from './person-tables.js';
export { retryConflicts } from './retry-conflicts.js';
export { nameForm } from './rules/index.js';
export type { UnifyKind } from './link-batch.js';
export type { ReviewReason } from './review.js';
