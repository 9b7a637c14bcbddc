export { append, type LedgerTx } from './append.js';
export { auditRows, countAuditRows, type AuditFilter, type AuditPage, type AuditRow } from './audit-rows.js';
export { catalogue, type EventCode, type EventSpec, type EvidenceEvent } from './catalogue.js';
