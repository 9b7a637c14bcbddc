export { csvOf, harmless } from './csv.js';
export type { Sheet, SheetRow } from './sheet.js';
export { columnName, xlsxOf } from './xlsx.js';
export { zip } from './zip.js';
