/** Nest token of the engine; see `engine.ts`. */
export const ENGINE = Symbol('sync engine');
