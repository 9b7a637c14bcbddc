export { DIRT_RATES, type DirtKind } from './dirt-rates.js';
export { MOST_PEOPLE, Town, type TownOptions } from './town.js';
export { truthOf, type TruthPerson } from './truth.js';
export { townDigest } from './digest.js';
