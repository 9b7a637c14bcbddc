export { drift } from './faults.js';
