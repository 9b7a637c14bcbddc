export * from './standard-record.js';
export type * from './mapping-document.js';
export { checkMapping, compileMapping, type CompileOptions } from './compile-mapping.js';
export { adapterHash, loadAdapter, parseAdapter, type LoadedAdapter } from './load-adapter.js';
export { mappedFields, type MappedField } from './mapped-fields.js';
export { MappingError, type MappingProblem } from './problems.js';
export { shapeOf } from './shape.js';
export type { Normalised, StandardView } from './standard-view.js';
