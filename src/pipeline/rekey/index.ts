export { rotateKeys, type RotateOptions } from './rotate-keys.js';
export { lastRotation, type Phase, type Rotation } from './rotation.repository.js';
