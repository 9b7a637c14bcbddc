export type {
  AdapterManifest,
  Checkpoint,
  CheckResult,
  Connector,
  ConnectorKind,
  DiscoveredStream,
  Page,
  ReadRequest,
  SourceConnection,
  SourceRow,
  StreamManifest,
  StreamMode,
} from './contract.js';
export { CONNECTORS, connectorOf } from './connectors.js';
export { readyAdapter, type ReadyAdapter } from './load-adapter.js';
export { ManifestError, type ManifestProblem } from './manifest/problems.js';
export {
  secretSettings,
  settingsSchemaOf,
  type SettingSchema,
  type SettingsSchema,
} from './manifest/settings-schema.js';
export { checkManifest, validateManifest } from './manifest/validate-manifest.js';
export {
  checkSettings,
  validateSettings,
  type CheckedSettings,
  type SettingProblem,
} from './manifest/validate-settings.js';
export { credentialEnd, type CredentialEnd } from './credential-expiry.js';
export { openSource } from './open-source.js';
export * from './resilience/index.js';
export { splitSecrets } from './split-secrets.js';
export {
  previewAdapter,
  type Preview,
  type PreviewCounts,
  type PreviewOptions,
  type PreviewProblem,
  type PreviewRow,
  type PreviewState,
} from './preview.js';
export { examine, type DocumentProblem, type ExamOptions, type ExamReport, type RuleResult } from './exam/examine.js';
export { parseJson, stableJson } from './connectors/json.js';
export { PUSH_SECRETS, type PushManifest } from './push-manifest.js';
export { ranOutOfTime } from './connectors/check.js';
export { durationMs } from './connectors/duration.js';
export { reconcileSeconds } from './manifest/check-push.js';
export type { ServiceManifest, ServiceRequest } from './service-manifest.js';
