export { Changes } from './changes.js';
export { CivilLists } from './civil-lists.js';
export { compareDays, eventCounts, type ListCounts, type SourceCounts } from './compare.js';
export { liveDays } from './fold.js';
export { truthOn } from './truth.js';
