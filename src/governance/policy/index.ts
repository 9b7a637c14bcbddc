export * from './decide.js';
export * from './field-plan.js';
export * from './policy-data.js';
export * from './root-fields.js';
