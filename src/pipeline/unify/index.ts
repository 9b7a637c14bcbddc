export { goldenDigest } from './golden-digest.js';
export { UnifyService, type Unified, type UnifyOptions } from './unify.service.js';
export { goldenOf, type Candidate, type Conflict, type Golden, type Pointer } from './golden.js';
export { goldenFields, type GoldenField } from './golden-field.js';
