export { startPostgres, freePort, type PostgresOptions, type RunningPostgres } from './start.js';
