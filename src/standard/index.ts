export * from './spec.js';
export * from './generated/entities.js';
