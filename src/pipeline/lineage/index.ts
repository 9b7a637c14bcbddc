export { readProviding } from './providing.repository.js';
export { deliveryTo, type Deliver } from './deliver.js';
export { LineageReporter, type ReporterOptions } from './lineage-reporter.js';
export { runEvent, type RunEvent } from './run-event.js';
