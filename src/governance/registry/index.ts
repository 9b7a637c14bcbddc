export * from './source-state.js';
export * from './sources.repository.js';
export * from './lookup-services.repository.js';
export * from './catalogue/index.js';
