export * from './assert.js';
export * from './clock.js';
export * from './deeper-than.js';
export * from './errors.js';
export * from './identifier-shape.js';
export * from './ids.js';
export * from './json.js';
export * from './secret.js';
