export * from './demo-tokens.js';
export * from './requester.js';
export { makeToken, parseAuthorization } from './token.js';
export type { Queryable } from './token.repository.js';
export * from './tokens.js';
