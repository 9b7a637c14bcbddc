export type { Answer, Outcome } from './answer.js';
export { OnDemandDesk, type Askable, type DeskOptions, type Question } from './desk.js';
