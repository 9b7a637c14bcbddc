export * from './source-state.js';
export * from './sources.repository.js';
