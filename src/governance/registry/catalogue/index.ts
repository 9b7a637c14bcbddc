export * from './catalogue.js';
export { buildCatalogue } from './build-catalogue.js';
export { searchCatalogue, type CatalogueFilter, type Found } from './search.js';
