import { FatalError } from '../kernel/index.js';

/** An event does not match `schemas/audit`; `problem` names a field, never its value. */
export const eventInvalidError = (event: string, problem: string): FatalError =>
  new FatalError('LEDGER_EVENT_INVALID', { params: { event, problem } });
